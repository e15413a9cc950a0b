"""What a Python program does with S3, by boto3 at its defaults: each step is checked here, and the first that differs ends the script.

    python3 boto3_uses_s3.py ENDPOINT BUCKET ACCESS_KEY SECRET_KEY REGION [SESSION_TOKEN]

Prints the name of each step that held, one per line. Needs Debian's python3-boto3 and nothing else.
"""
import io
import sys
import urllib.error
import urllib.request

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError

endpoint, bucket, access_key, secret_key, region = sys.argv[1:6]
s3 = boto3.client(
    "s3",
    endpoint_url=endpoint,
    aws_access_key_id=access_key,
    aws_secret_access_key=secret_key,
    aws_session_token=sys.argv[6] if len(sys.argv) > 6 else None,
    region_name=region,
    config=Config(signature_version="s3v4", retries={"max_attempts": 1}),
)
KEY = "in/red flower+é.txt"


def same(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


def step(name):
    print(name, flush=True)


def http(method, url, body=None, headers=None):
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


def refusal(call):
    try:
        call()
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]
    return "not refused"


put = s3.put_object(Bucket=bucket, Key=KEY, Body=b"hello", ContentType="text/plain", Metadata={"from": "boto3"})
same(put["ETag"], '"5d41402abc4b2a76b9719d911017c592"')
step("put")

got = s3.get_object(Bucket=bucket, Key=KEY)
same((got["Body"].read(), got["ContentType"], got["Metadata"]), (b"hello", "text/plain", {"from": "boto3"}))
same(s3.get_object(Bucket=bucket, Key=KEY, Range="bytes=1-3")["Body"].read(), b"ell")
step("get")

same(s3.head_object(Bucket=bucket, Key=KEY)["ContentLength"], 5)
same(refusal(lambda: s3.head_object(Bucket=bucket, Key="missing")), (404, "404"))
same(refusal(lambda: s3.get_object(Bucket=bucket, Key="missing")), (404, "NoSuchKey"))
step("head")

url = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "presigned", "ContentType": "text/plain"}, ExpiresIn=60)
same(http("PUT", url, b"presigned", {"Content-Type": "text/html"})[0], 403)
same(http("PUT", url, b"presigned", {"Content-Type": "text/plain"})[0], 200)
url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "presigned", "ResponseContentType": "text/x"}, ExpiresIn=60)
status, body, headers = http("GET", url)
same((status, body, headers["Content-Type"]), (200, b"presigned", "text/x"))
step("presign")

form = s3.generate_presigned_post(
    bucket, "form/${filename}", Fields={"Content-Type": "text/plain"},
    Conditions=[{"Content-Type": "text/plain"}, ["content-length-range", 1, 10]], ExpiresIn=60)


def post(content):
    boundary = "boto3-test-boundary"
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in form["fields"].items()]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n{content}\r\n--{boundary}--\r\n')
    return http("POST", form["url"], "".join(parts).encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"})[0]


same(post("x" * 11), 400)
same(post("posted"), 204)
same(s3.get_object(Bucket=bucket, Key="form/a.txt")["Body"].read(), b"posted")
step("post form")

s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": KEY}, CopySourceIfMatch=put["ETag"])
same(s3.get_object(Bucket=bucket, Key="copy")["Body"].read(), b"hello")
stale = '"00000000000000000000000000000000"'
same(refusal(lambda: s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": KEY}, CopySourceIfMatch=stale)),
     (412, "PreconditionFailed"))
step("copy")

keys = ["copy", "form/a.txt", KEY, "presigned"]
same([item["Key"] for item in s3.list_objects_v2(Bucket=bucket)["Contents"]], keys)
same([item["Key"] for item in s3.list_objects(Bucket=bucket)["Contents"]], keys)
paged = s3.get_paginator("list_objects").paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 1})
same([entry for page in paged for entry in
      [item["Key"] for item in page.get("Contents", [])] + [item["Prefix"] for item in page.get("CommonPrefixes", [])]],
     ["copy", "form/", "in/", "presigned"])
step("list")

s3.put_object_tagging(Bucket=bucket, Key=KEY, Tagging={"TagSet": [{"Key": "state", "Value": "checked"}]})
same(s3.get_object_tagging(Bucket=bucket, Key=KEY)["TagSet"], [{"Key": "state", "Value": "checked"}])
s3.delete_object_tagging(Bucket=bucket, Key=KEY)
same(s3.get_object_tagging(Bucket=bucket, Key=KEY)["TagSet"], [])
step("tagging")

s3.put_object_acl(Bucket=bucket, Key=KEY, ACL="public-read")
same(sorted(grant["Permission"] for grant in s3.get_object_acl(Bucket=bucket, Key=KEY)["Grants"]), ["FULL_CONTROL", "READ"])
step("acl")

for size, parts in [(100_000, None), (20_000_000, 3)]:  # boto3 sends parts of 8 MiB from there on
    s3.upload_fileobj(io.BytesIO(b"m" * size), bucket, "managed")
    sink = io.BytesIO()
    s3.download_fileobj(bucket, "managed", sink)
    same(sink.getvalue() == b"m" * size, True)
    same(s3.head_object(Bucket=bucket, Key="managed", PartNumber=1).get("PartsCount"), parts)
step("managed transfer")

s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={
    "Rules": [{"ID": "tmp", "Filter": {"Prefix": "tmp/"}, "Status": "Enabled", "Expiration": {"Days": 1}}]})
same(s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"][0]["Expiration"], {"Days": 1})
same('rule-id="tmp"' in s3.put_object(Bucket=bucket, Key="tmp/a", Body=b"x")["Expiration"], True)
s3.delete_bucket_lifecycle(Bucket=bucket)
step("lifecycle")

s3.delete_object(Bucket=bucket, Key="managed")
deleted = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys + ["tmp/a"]]})
same(len(deleted["Deleted"]), 5)
same(s3.list_objects_v2(Bucket=bucket)["KeyCount"], 0)
step("delete")
