"""Who is at work, as the operating system knows them."""

import os
import pwd

__all__ = ["login_name"]


def login_name() -> str:
    """The name of the user who runs this process, from the system's user table; `uid-N` for one without a name there.

    Not `getpass.getuser`: it believes the environment (LOGNAME, USER ...), which anybody may set.
    """
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container's user
        return f"uid-{number}"
