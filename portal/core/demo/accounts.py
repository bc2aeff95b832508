"""People to try the portal with: one of every role, and a second editor because nobody approves their own text."""
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from portal.contributors import roles
from portal.contributors.models import Department, User

PASSWORD = "laichau-demo-2026"  # noqa: S105 (printed at every start; the command refuses to run in production)
READER_PASSWORD = "ban-bien-tap"  # noqa: S105 (opens the restricted demo page)


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    groups: tuple[str, ...]
    department: str | None = None
    is_superuser: bool = False


ACCOUNTS = (
    Account("contributor", "Cộng tác viên", (roles.CONTRIBUTORS,), "so-vhttdl"),
    Account("editor", "Biên tập viên", (roles.EDITORS,), "van-phong-ubnd"),
    Account("editor2", "Biên tập viên thứ hai", (roles.EDITORS,), "van-phong-ubnd"),
    Account("reviewer", "Người kiểm duyệt", (roles.REVIEWERS,), "cong-an-tinh"),
    Account("translator-zh", "Người dịch tiếng Trung", (roles.translators("zh-hans"),), "so-ngoai-vu"),
    Account("translator-en", "Người dịch tiếng Anh", (roles.translators("en"),), "so-ngoai-vu"),
    Account("admin", "Quản trị viên", (), None, is_superuser=True),
)


def make_accounts() -> int:
    """Make the accounts that are missing and say how many; existing ones, passwords included, are left alone."""
    existing = set(User.objects.values_list("username", flat=True))
    missing = [account for account in ACCOUNTS if account.username not in existing]
    hashed = make_password(PASSWORD) if missing else ""  # once: hashing is slow on purpose
    for account in missing:
        user = User.objects.create(
            username=account.username,
            password=hashed,
            first_name=account.name,
            email=f"{account.username}@example.org",
            is_staff=account.is_superuser,
            is_superuser=account.is_superuser,
            department=Department.objects.filter(code=account.department, locale__language_code=settings.LANGUAGE_CODE).first(),
        )
        user.groups.set(Group.objects.filter(name__in=account.groups))
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "vi"})
    return len(missing)


def accounts_line() -> str:
    """One line that says where to look and how to log in as each role."""
    address = f"{settings.PUBLIC_URL.origin}{settings.PUBLIC_URL.prefix}/"
    names = ", ".join(account.username for account in ACCOUNTS)
    return (
        f"{address} · editing at {address}cms/ as {names}, each with the password {PASSWORD}"
        f" · the restricted page opens with {READER_PASSWORD}"
    )
