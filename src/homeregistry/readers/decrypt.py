"""Protected workbooks opened with a password, in memory only: no decrypted byte reaches a disk."""

import io

from homeregistry.readers.formats import recognise
from homeregistry.readers.refusals import refuse


def decrypted(data: bytes, password: str | None) -> tuple[str, bytes]:
    """The name of the format inside and its bytes.

    Raises FileRefused (`encrypted_file`): no password given, a wrong one, or a protection that
    cannot be opened here.
    """
    import msoffcrypto
    from msoffcrypto import exceptions

    if not password:
        raise refuse("password_needed")
    plain = io.BytesIO()
    try:
        container = msoffcrypto.OfficeFile(io.BytesIO(data))
        container.load_key(password=password)
        container.decrypt(plain)
    except exceptions.InvalidKeyError:
        raise refuse("password_wrong") from None
    except MemoryError:
        raise
    except Exception:
        raise refuse("encryption") from None
    opened = plain.getvalue()
    return recognise(opened, "").name, opened
