"""The industries that unions are organised by, as their names are printed: 教科文卫体, 邮政, 铁路.

One list for everything that reads union names: a body, the words before a title, a heading, an inverted
unit name. Industry unions merge and part over the years (农林水利, 农林水利气象), so that old and new names
stand side by side. Names of enterprises (移动, 国网) are none.
"""

from typing import Final

INDUSTRY: Final = (
    "体育|出租汽车|出版|医务|医药|卫生健康|卫生|教科文卫体育|教科文卫体|教科文卫|教育科技|"
    "教科文|教育|文化|文旅|新闻|电信|电力|电子|电影|科教文卫体|科教文卫|科学|科技|"
    "信息|兵器|军工|核工业|航天|航空|航运|船舶|通信|邮政快递|邮政|邮电|供销|保险|商业|商贸|"
    "国防工业|国防科工|国防科技|国防邮电|国资|国防|"
    "烟草|盐业|税务|粮食|纺织|证券|财贸轻纺烟草|财贸金融轻纺|财贸旅游|财贸轻纺|财贸金融|财贸|"
    "轻工纺织|轻工|轻纺|金融|银行|"
    "冶金|化学|化工|地质|地铁|建设交通|建设建材|建材|建筑|建设|有色金属|机械冶金建材|机冶建材|"
    "机械冶金|机电冶金|机冶|机场|机械|机电|煤炭|煤矿|石油化工|石油石化|石化|石油|能源化学地质|"
    "能源化学|能源化工|能源|"
    "农林水利气象烟草|农林水利气象|农业农村|农林水利|农林水牧|农林水|农业|农垦|农林|农牧|林业|"
    "气象|水利|水务|"
    "交通建设|交通运输|交通|住房城乡建设|住建|公安|公路|司法|园林|城乡建设|城建|城管|市场监管|"
    "市政|快递|政法|旅游|"
    "民航|测绘|海员建设|海员|海港|港口|港航|物流|环卫|监狱|运输|铁路"
)
"""The source of a pattern: any one of them; of those that begin alike the longest first."""
