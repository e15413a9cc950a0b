"""boto3 sends every PUT with Expect: 100-continue. A refusal or an empty object must not disturb the next request.

Usage: boto3_reuses_connections.py ENDPOINT BUCKET ACCESS_KEY SECRET_KEY REGION; prints the codes of the responses, in order.
"""
import sys

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError

endpoint, bucket, access_key, secret_key, region = sys.argv[1:]


def put(secret):
    client = boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id=access_key, aws_secret_access_key=secret, region_name=region,
        config=Config(max_pool_connections=1, read_timeout=5, retries={"max_attempts": 0}, s3={"addressing_style": "path"}))
    for i in range(6):
        try:
            client.put_object(Bucket=bucket, Key=f"connection/{i}", Body=b"" if i % 3 == 1 else b"x" * 1000)
            print("OK")
        except ClientError as e:
            print(e.response["Error"]["Code"])


put(secret_key)
put("wrong")
