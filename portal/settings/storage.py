"""Where uploads are kept: a folder, or S3-compatible storage as soon as a bucket is named."""

from portal.settings.environment import Environment


def file_storage(env: Environment) -> dict:
    """The `default` entry of STORAGES. With a bucket, all machines share it and nothing is public by its address."""
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    env.require("S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": env.str("S3_ACCESS_KEY_ID"),
            "secret_key": env.str("S3_SECRET_ACCESS_KEY"),
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
