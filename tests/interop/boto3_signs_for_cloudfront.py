"""What AWS's own Python client signs for CloudFront, and how it writes the URL: arguments KEYPAIR URL EXPIRES [STARTS] [ADDRESS].

Prints the signed text as base64, then the URL with SIGNATURE in the signature's place.
"""
import base64
import datetime
import sys

from botocore.signers import CloudFrontSigner

key_pair, url, expires, starts, address = (sys.argv[1:] + ["", ""])[:5]
signed = []


def sign(message):
    signed.append(message)
    return b"SIGNATURE"


def time(seconds):
    return datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc)


signer = CloudFrontSigner(key_pair, sign)
if starts or address:
    policy = signer.build_policy(url, time(expires), time(starts) if starts else None, address or None)
    written = signer.generate_presigned_url(url, policy=policy)
else:
    written = signer.generate_presigned_url(url, date_less_than=time(expires))
print(base64.b64encode(signed[0]).decode())
print(written.replace(base64.b64encode(b"SIGNATURE").decode().replace("=", "_"), "SIGNATURE"))
