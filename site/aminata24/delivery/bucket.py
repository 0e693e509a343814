"""Uploaded files in an S3 bucket, where several machines share them. Loaded only where MEDIA_STORAGE_URL is set."""

from botocore.config import Config
from storages.backends.s3 import S3Storage


class MediaBucket(S3Storage):
    """The bucket that MEDIA_STORAGE_URL names; who may read what is the bucket's own policy."""

    # Two pictures of one name are two pictures.
    file_overwrite = False
    # As long as nginx lets browsers keep our own files.
    object_parameters = {"CacheControl": "public, max-age=2592000"}
    client_config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=2,
        read_timeout=20,
        retries={"total_max_attempts": 3, "mode": "standard"},
        # Checksums in trailers are Amazon's own; other stores don't know them.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
