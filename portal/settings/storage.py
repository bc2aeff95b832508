"""Where uploads are kept: a folder, or S3-compatible storage as soon as a bucket is named."""

from portal.settings.environment import ConfigurationProblem, Environment


def file_storage(env: Environment) -> dict:
    """The `default` entry of STORAGES. With a bucket, all machines share it and nothing is public by its address."""
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    key, secret = env.str("S3_ACCESS_KEY_ID", default=""), env.str("S3_SECRET_ACCESS_KEY", default="")
    if not (key and secret):
        raise ConfigurationProblem("S3_BUCKET needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it.")
    return {
        "BACKEND": "portal.operations.s3.SharedS3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.address("S3_ENDPOINT_URL", schemes=("https", "http")) or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": key,
            "secret_key": secret,
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": 8 * 1024 * 1024,  # what is larger is worked on as a file, not in memory
        },
    }
