"""People to try the portal with: one of every role, and a second editor because nobody approves their own text."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from portal.contributors import roles
from portal.contributors.models import Department, User

PASSWORD = "laichau-demo-2026"  # printed at every start: the command refuses to run in production
READER_PASSWORD = "ban-bien-tap"  # opens the restricted demo page


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
    Account("second-reader-zh", "Người hiệu đính tiếng Trung", (roles.second_readers("zh-hans"),), "so-ngoai-vu"),
    Account("second-reader-en", "Người hiệu đính tiếng Anh", (roles.second_readers("en"),), "so-ngoai-vu"),
    Account("admin", "Quản trị viên", (), None, is_superuser=True),
)


def make_accounts(force: bool = False) -> int:
    """Make the accounts and say how many. Once there are some, missing ones stay missing, passwords what they are.

    A role that nobody holds yet, because a new version brought it, gets its account all the same.
    """
    accounts = User.objects.filter(username__in=[account.username for account in ACCOUNTS])
    existing = set(accounts.values_list("username", flat=True))
    missing = [account for account in ACCOUNTS if account.username not in existing]
    if existing and not force:
        held = set(Group.objects.exclude(user=None).values_list("name", flat=True))
        missing = [account for account in missing if account.groups and held.isdisjoint(account.groups)]
    hashed = make_password(PASSWORD) if missing else ""  # once: hashing is slow on purpose
    vietnamese = Department.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    for account in missing:
        user = User.objects.create(
            username=account.username,
            password=hashed,
            first_name=account.name,
            email=f"{account.username}@example.org",
            is_staff=account.is_superuser,
            is_superuser=account.is_superuser,
            department=vietnamese.filter(code=account.department).first(),
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
