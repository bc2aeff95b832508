"""Settings safe for production. `dev` and `test` relax them; every variable of the environment is read here, once."""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.settings.environment import ConfigurationProblem, Environment
from portal.settings.public_url import PublicUrl
from portal.settings.storage import file_storage

env = Environment()
env.require("PUBLIC_URL", "SECRET_KEY", "DATABASE_URL")
BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- Address -----------------------------------------------------------------------------------------------------
# One variable decides scheme, host, port and prefix. FORCE_SCRIPT_NAME rather than a header from nginx, because
# commands, tasks and mails build addresses too, and they see no request.
PUBLIC_URL = PublicUrl.parse(env.str("PUBLIC_URL"))
FORCE_SCRIPT_NAME = PUBLIC_URL.prefix or None
ALLOWED_HOSTS = [PUBLIC_URL.host, *env.hosts("EXTRA_HOSTS")]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL.origin]
# Who may say for whom a request is made: nginx, and the province's proxy before it. The scheme is nobody's to say.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
# Health details and metrics are answered on this port of the web process only; 0: nowhere.
PRIVATE_PORT = env.number("PRIVATE_PORT", default=0, least=0, most=65_535)
WAGTAILADMIN_BASE_URL = PUBLIC_URL.origin  # without the prefix: reverse() adds it
COOKIE_PATH = f"{PUBLIC_URL.prefix}/"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = COOKIE_PATH
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.is_secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Names of our own: other applications live on the same host.
SESSION_COOKIE_NAME = "portal_session"
CSRF_COOKIE_NAME = "portal_csrf"
# Not in a cookie of its own, which would be sent to everything on this host: it knows no path.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "portal.core.views.form_without_token"

# --- Secrets and safety ------------------------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY")
DEBUG = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the administration shows previews in a frame of the same origin
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # long StreamFields and translations are many fields

# --- Applications ------------------------------------------------------------------------------------------------
# Places in the site menu first, then the portal's machinery, then libraries. Ours come before wagtail_localize and
# Wagtail so that our templates win.
INSTALLED_APPS = [
    "home",
    "news",
    "investment",
    "diplomacy",
    "borders",
    "diaspora",
    "portal.core",
    "portal.audit",
    "portal.contributors",
    "portal.signin",
    "portal.publishing",
    "portal.translation",
    "portal.names",
    "portal.search",
    "portal.operations",
    "portal.reports",
    "portal.handbook",
    "wagtail_localize",
    "wagtail_localize.locales",  # instead of wagtail.locales
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.snippets",
    "portal.contributors.apps.UsersConfig",  # instead of wagtail.users
    "wagtail.search",
    "wagtail.admin",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # «5 minutes ago» of the administration, with its translations
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.operations.requests.RequestMiddleware",
    "portal.operations.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.security_headers.SecurityHeadersMiddleware",
    "portal.core.tracking_marks.TrackingMarksMiddleware",
    "portal.publishing.page_cache.PageCacheMiddleware",  # before sessions and languages: a kept answer needs neither
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.core.reader_language.ReaderLanguageMiddleware",
    "portal.core.hostile_input.NullCharacterMiddleware",  # after the language is known: its 404 is the reader's
    "portal.core.admin_language.AdminLanguageMiddleware",
    "portal.core.methods.MethodsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.signin.gate.SignInMiddleware",
    "portal.contributors.foreign_numbers.ForeignNumbersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.core.near_addresses.NearAddressMiddleware",  # around the redirects that editors wrote: those come first
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it replaces the login page's answer
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "portal.core.unmarked.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context.site",
            ],
        },
    },
]

# --- Parts: database, cache, tasks ---------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue instead of failing, readers never wait for a writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.number("DATABASE_CONNECTION_SECONDS", default=60, least=0)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that is away, or whose machine or network is, is noticed in seconds. portal.operations.silence is for one
    # that is there and does not answer.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=3, keepalives_idle=10, keepalives_interval=5, keepalives_count=3, tcp_user_timeout=20_000
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# "shared" holds what every process must agree on: the cache generation and counters. With Redis both are Redis;
# the embedded default keeps "shared" in files, because local memory cannot be seen by the scheduler's process.
REDIS_URL = env.redis("REDIS_URL")
RELEASE = env.str("RELEASE", default="")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
if REDIS_URL:
    CACHES = {
        alias: {
            "BACKEND": "portal.operations.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            # What one release made, another may not understand; the generation is for all.
            "KEY_PREFIX": f"portal:{alias}" if alias == "shared" else f"portal:{alias}:{RELEASE}",
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
        for alias in ("default", "shared")
    }
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
        "shared": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "shared-cache",
        },
    }

TASKS = {
    "default": {
        "BACKEND": env.dotted("TASK_BACKEND", default="django_tasks_db.DatabaseBackend"),
    }
}

# Public search: with an address Elasticsearch, and the database engine while it is away; without one the latter alone.
ELASTICSEARCH_URL = env.address("ELASTICSEARCH_URL", schemes=("http", "https"))
ELASTICSEARCH_PREFIX = env.matching(
    "ELASTICSEARCH_PREFIX",
    r"[a-z0-9][a-z0-9._-]{0,99}",
    "be small letters, digits and hyphens",
    default="portal-search",
)
ELASTICSEARCH_CA_FILE = env.certificate_file("ELASTICSEARCH_CA_FILE")
ELASTICSEARCH_SECONDS = env.number("ELASTICSEARCH_SECONDS", default=0.5, least=0.01, most=60)

# --- Mail ---------------------------------------------------------------------------------------------------------
vars().update(env.mail("EMAIL_URL"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender("EMAIL_FROM", default=f"portal@{PUBLIC_URL.host}")
OPERATOR_EMAILS = env.mail_addresses("OPERATOR_EMAILS")  # told of failed tasks and of what has stopped

# --- Files --------------------------------------------------------------------------------------------------------
# Nothing under MEDIA_ROOT is served as it lies: originals, documents and renditions all pass `is_public` first.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
MEDIA_URL = f"{PUBLIC_URL.prefix}/media/"
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(VAR_DIR / "backups")))
# Of age: a recipient, who can only write, or an identity.
BACKUP_KEY = env.backup_key("BACKUP_KEY")
BACKUP_KEEP_DAILY = env.number("BACKUP_KEEP_DAILY", default=7, least=0)
BACKUP_KEEP_WEEKLY = env.number("BACKUP_KEEP_WEEKLY", default=8, least=0)
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATIC_URL = f"{PUBLIC_URL.prefix}/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Where nginx hands out files that Django has allowed (X-Accel-Redirect). Unset: Django sends the bytes.
ACCEL_LOCATION = env.matching("ACCEL_LOCATION", r"/[\w-]+/", "be a path between two slashes, such as /-files/")
if env.str("S3_BUCKET", default=""):
    ACCEL_LOCATION = ""
SENDFILE_BACKEND = "portal.operations.accel" if ACCEL_LOCATION else "wagtail.utils.sendfile_streaming_backend"
FILE_UPLOAD_PERMISSIONS = 0o644  # nginx, under another user, reads what large uploads leave
STORAGES = {
    "default": file_storage(env),
    "staticfiles": {"BACKEND": "portal.operations.static_files.StaticFilesOfReleases"},
}
WHITENOISE_STATIC_PREFIX = "/static/"  # WhiteNoise sees the path after the prefix is taken off
# The installer's own browsers are refused; a fresh machine has no brotli. gzip is enough behind nginx.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "avif", "woff", "woff2", "gz", "map", "ico")

# A font for the Chinese words of social cards; without it usual places are searched.
CARD_HAN_FONT = env.readable_file("CARD_HAN_FONT")

# --- Languages ---------------------------------------------------------------------------------------------------
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"  # the source language; the first migration creates the Locale from it
WAGTAIL_I18N_ENABLED = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("zh-hans", "简体中文"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_USER_LOGIN_FORM = "portal.contributors.login.LoginForm"
# Our own words first; then what the libraries leave in English (scripts/library_messages.py).
FORMAT_MODULE_PATH = ["portal.core.formats"]  # the day before the month, as people here type it
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
# A page sent for translation stays unpublished until its translation is approved.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- People ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "contributors.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that the link in the mail is good for
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "portal.signin.forms.MailedLaterResetForm"
LOGIN_URL = "wagtailadmin_login"

# Five wrong passwords for one name from one address close that door for a while, and forty from one address, whatever
# the names, close it for that address: more than an office behind one address mistypes. In the database, which every
# process shares; a name alone is not locked, or a stranger could lock anybody out.
AXES_HANDLER = "portal.signin.lockout.ByNameAndByAddress"
AXES_FAILURE_LIMIT = 5
SIGNIN_ADDRESS_FAILURES = 40
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "portal.core.client_address.sender"
AXES_LOCKOUT_CALLABLE = "portal.signin.lockout.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # who is signed in is portal.signin's own record
AXES_VERBOSE = False

# A session ends after silence, and after a working day whatever happens.
SESSION_IDLE = timedelta(minutes=env.number("SESSION_IDLE_MINUTES", default=60))
SESSION_ABSOLUTE = timedelta(hours=env.number("SESSION_HOURS", default=12))
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())

# Of whom the installation itself asks a second factor; roles can ask it of their members besides.
SECOND_FACTOR = env.choice("SECOND_FACTOR", ("nobody", "administrators", "everybody"), default="administrators")
OTP_TOTP_ISSUER = "Lai Châu"  # how an authenticator app calls the account

# Single sign-on by OpenID Connect, where a provider is named.
OIDC_ISSUER = env.address("OIDC_ISSUER", schemes=("https", "http"))
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_LABEL = env.str("OIDC_LABEL", default="SSO")
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ConfigurationProblem("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it")

# The first administrator, made by `manage.py setup` where there is none yet.
ADMIN_USERNAME = env.str("ADMIN_USERNAME", default="")
ADMIN_EMAIL = env.str("ADMIN_EMAIL", default="")
ADMIN_PASSWORD = env.str("ADMIN_PASSWORD", default="")
# --- Editorial desk ----------------------------------------------------------------------------------------------
REVIEW_HOURS = 48  # from the moment a text waits for somebody until it is due
URGENT_REVIEW_HOURS = 4
REMIND_HOURS_BEFORE = 12  # then once a day until it is done
REPORT_DAYS = [(6, 15), (11, 15)]  # (month, day) on which a report is due; each closes a period
READERS_QUESTION_DAYS = 5  # working days within which a mistake that a reader reported is answered for
READERS_REQUEST_DAYS = 20  # working days from the first reader's wish for a translation until it should be public
DAYS_OFF = [(1, 1), (4, 30), (5, 1), (9, 2)]  # (month, day) of the holidays that do not move

# --- Wagtail -----------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = _("Lai Châu foreign information portal")
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.PortalDocument"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "core/password_required.html"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.core.forms.PortalImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.core.forms.PortalDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024  # deploy/nginx.conf lets a little more through
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt"]
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.publishing.finishing.finish_workflow"
WAGTAIL_AUTOSAVE_INTERVAL = 5000  # the default, half a second, floods revisions and the history
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third party sees who edits
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "core/password_required.html"
WAGTAILREDIRECTS_AUTO_CREATE = False  # portal.publishing.redirects does it for sections of any size
WAGTAILSEARCH_BACKENDS = {
    # The administration's own search. What the public searches is portal.search.
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"},
}
TAGGIT_CASE_INSENSITIVE = True

# Abilities of the rich-text editor, named once: blocks and fields refer to them by name.
RICH_TEXT_BASIC = ["bold", "link"]
RICH_TEXT_BODY = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript"]

# --- Logging -----------------------------------------------------------------------------------------------------
LOG_FORMAT = env.choice("LOG_FORMAT", ("line", "json"), default="line")
LOG_LEVEL = env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "portal.operations.logs.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "portal.operations.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "portal.operations.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # One line for each request, whatever LOG_LEVEL is, where the lines are for a program to read.
        "portal.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        "portal.scheduler": {"level": "INFO"},  # what it has published and withdrawn
        "axes": {"level": "ERROR"},  # its warnings name who mistyped, and from where; the database has them
        # Django mails errors with the whole request to ADMINS by default: personal data does not travel by mail.
        "django": {"handlers": [], "propagate": True},
    },
}
