"""Makes calls with boto3. Each line of standard input is a JSON list of calls, which are made at once; it is answered by
a line with the list of their answers.

    {"service": "ecs", "operation": "create_cluster", "parameters": {"clusterName": "web"}}
    {"service": "ecs", "waiter": "services_stable", "parameters": {…}, "attempts": 100}
    {"service": "sts", "operation": "get_caller_identity", "presigned": 60}

A call is answered by {"answer": …}, or by {"code": …, "status": …, "message": …} where it was refused. A waiter asks five
times a second. A presigned URL is made for so many seconds, and fetched with another HTTP client than boto3's.

What "signer" has makes the client another one than the environment describes: "accessKey", "secret", "token", "region",
"ahead" (seconds by which its clock is), "unsigned", "tampers" (the body is changed after signing), and "careless" (what is
sent is not checked before).
"""

import datetime
import json
import os
import re
import sys
import threading
import traceback
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import boto3
import botocore.auth
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

clients = {}
making_clients = threading.Lock()
now = botocore.auth.get_current_datetime
ahead = threading.local()
botocore.auth.get_current_datetime = lambda *arguments, **options: now(*arguments, **options) + datetime.timedelta(
    seconds=getattr(ahead, "seconds", 0)
)


def client(service, signer):
    name = json.dumps([service, signer], sort_keys=True)
    with making_clients:
        if name not in clients:
            clients[name] = new_client(service, signer)
    return clients[name]


def new_client(service, signer):
    made = boto3.client(
        service,
        aws_access_key_id=signer.get("accessKey", os.environ["AWS_ACCESS_KEY_ID"]),
        aws_secret_access_key=signer.get("secret", os.environ["AWS_SECRET_ACCESS_KEY"]),
        aws_session_token=signer.get("token"),
        region_name=signer.get("region"),
        config=Config(
            signature_version=UNSIGNED if signer.get("unsigned") else None,
            parameter_validation=not signer.get("careless"),
            retries={"total_max_attempts": 1} if signer else None,
            max_pool_connections=50,
        ),
    )
    if signer.get("tampers"):
        made.meta.events.register("before-send.*.*", tamper)
    return made


def tamper(request, **_):
    body = request.body.encode() if isinstance(request.body, str) else request.body
    body = bytes(body or b"") + b" "
    request.body = body
    request.headers["Content-Length"] = str(len(body))


def answer(call):
    ahead.seconds = call.get("signer", {}).get("ahead", 0)
    made = client(call["service"], call.get("signer", {}))
    parameters = call.get("parameters", {})
    try:
        if "waiter" in call:
            config = {"Delay": 0.2, "MaxAttempts": call["attempts"]}
            made.get_waiter(call["waiter"]).wait(**parameters, WaiterConfig=config)
            return {"answer": {}}
        if "presigned" in call:
            method = "PUT" if call["operation"].startswith("put_") else "GET"
            url = made.generate_presigned_url(
                call["operation"], Params=parameters, ExpiresIn=call["presigned"], HttpMethod=method
            )
            return fetch(url, method)
        result = getattr(made, call["operation"])(**parameters)
        result.pop("ResponseMetadata", None)
        return {"answer": result}
    except ClientError as error:
        said, metadata = error.response["Error"], error.response["ResponseMetadata"]
        return {"code": said.get("Code"), "status": metadata["HTTPStatusCode"], "message": said.get("Message") or ""}
    except WaiterError as error:
        return {"code": "WaiterError", "status": 0, "message": error.kwargs["reason"]}


def fetch(url, method):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method)) as response:
            return {"answer": response.read()}
    except urllib.error.HTTPError as error:
        text = error.read().decode()
        code, message = (re.search(f"<{name}>(.*?)</{name}>", text) for name in ("Code", "Message"))
        return {"code": code and code[1], "status": error.code, "message": message[1] if message else text}


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return value.decode()
    return value.read().decode()


def main():
    with ThreadPoolExecutor(max_workers=32) as pool:
        for line in sys.stdin:
            try:
                reply = list(pool.map(answer, json.loads(line)))
            except Exception:
                reply = [{"code": "Exception", "status": 0, "message": traceback.format_exc()}]
            print(json.dumps(reply, default=plain), flush=True)


if __name__ == "__main__":
    main()
