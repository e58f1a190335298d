"""Django's settings. What an installation may change stands in ``configuration``."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from junheng.web import configuration

HERE = Path(__file__).parent
HOME = configuration.home()
SECRET_KEY = configuration.secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = configuration.words("JUNHENG_WEB_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = configuration.words("JUNHENG_WEB_ORIGINS")
HTTPS = configuration.says_yes("JUNHENG_WEB_HTTPS")
# The addresses of our own proxies, whose word is taken for the address of whoever asks.
PROXIES = configuration.words("JUNHENG_WEB_PROXIES")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "junheng.web",
    "junheng.web.accounts",
    "junheng.web.regions",
    "junheng.web.audit",
    "junheng.web.filings",
    "junheng.web.notices",
    "junheng.web.jobs",
    "junheng.web.dashboards",
    "junheng.web.inspections",
    "junheng.web.rectification",
    "junheng.web.plans",
    "junheng.web.reports",
    "junheng.web.claims",
    "junheng.web.monitoring",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "junheng.web.protection.protect",
    "junheng.web.proxies.real_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "junheng.web.protection.bound_bodies",
    "junheng.web.audit.origin.keep_address",
    "django.contrib.messages.middleware.MessageMiddleware",
    "junheng.web.accounts.session_limits.end_idle",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "junheng.web.accounts.first_login.ask_for_own_password",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "junheng.web.urls"
WSGI_APPLICATION = "junheng.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "junheng.web.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "junheng.web.templatetags.bundle",
                "junheng.web.templatetags.components",
                "junheng.web.templatetags.words",
            ],
        },
    }
]

DATABASES = {"default": configuration.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
    # Shared by all processes; see ``limits``.
    "limits": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "limits",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}}]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # not the address: all of a county may come from one
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_USERNAME_CALLABLE = "junheng.web.accounts.sign_in.name_that_is_locked"
AXES_DISABLE_ACCESS_LOG = True  # who signed in stands in the audit log

SESSION_ENGINE = "junheng.web.accounts.session_store"
SESSION_IDLE_SECONDS = 60 * int(os.environ.get("JUNHENG_WEB_IDLE_MINUTES", "60"))
SESSION_LONGEST_SECONDS = 12 * 3600  # used or not
SESSIONS_A_PERSON = 3  # a further sign-in ends the oldest
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a paste of a whole sheet
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [HERE / "static"]
# Collected when the server starts (`junheng web serve`); until then they are found where they stand.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Their names hold a hash of their content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/junheng/dist/assets/"

# Where what people send and what jobs write is kept, by content; never served but through a view that asks who you are.
FILES = HOME / "files"
SNAPSHOTS = Path(os.environ.get("JUNHENG_STORE") or HOME / "snapshots")
# The national store that the pages of monitoring show.
NATION = Path(os.environ.get("JUNHENG_NATION") or HOME / "nation")

EMAIL_HOST = os.environ.get("JUNHENG_WEB_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("JUNHENG_WEB_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("JUNHENG_WEB_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JUNHENG_WEB_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = configuration.says_yes("JUNHENG_WEB_EMAIL_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("JUNHENG_WEB_EMAIL_FROM", "junheng@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
