"""Production: exactly the base, and a secret that cannot be guessed. What is missing or malformed stops the start."""

from portal.settings.base import *
from portal.settings.environment import ConfigurationProblem

if len(SECRET_KEY) < 32 or len(set(SECRET_KEY)) < 12:
    raise ConfigurationProblem(
        "SECRET_KEY must have at least 32 characters that nobody guesses: openssl rand -base64 48 makes them."
    )

# What arrives in large uploads lies beside the media, not in a container's memory; deploy/deploy.sh makes the folder.
FILE_UPLOAD_TEMP_DIR = MEDIA_ROOT / "incoming"
