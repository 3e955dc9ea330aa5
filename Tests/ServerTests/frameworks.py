"""Applications that fail CORS by themselves, and take the offered lines into their own code."""

import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent

FASTAPI = """
from fastapi import FastAPI, Request
from starlette.responses import Response
import fixes

app = FastAPI()

@app.api_route("/{{fault}}", methods=["OPTIONS", "PUT"])
def answer(fault: str, request: Request):
    status, fields = fixes.FAULTS[fault][request.method == "PUT"]
    response = Response(status_code=status)
    for name, value in fields.items() if isinstance(fields, dict) else fields:
        response.headers.append(name, value)
    return response

{lines}
"""

DJANGO = """
from django.http import HttpResponse
from django.urls import path
import fixes

SECRET_KEY = "x"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = __name__
INSTALLED_APPS = []
MIDDLEWARE = []
{lines}

def answer(request, fault):
    status, fields = fixes.FAULTS[fault][request.method == "PUT"]
    return HttpResponse(status=status, headers=fields)

urlpatterns = [path("<fault>", answer)]
"""


class Framework:
    program = sys.executable
    # Nothing stands before it that could be without it.
    cannot = {"down"}

    def start(self, work, port, backend, lines, fault):
        # A name of its own each time: nothing compiled before is taken for it.
        module = f"tried_{port}"
        (work / f"{module}.py").write_text(self.source.format(lines=lines or ""))
        paths = {**os.environ, "PYTHONPATH": f"{work}:{HERE}", "PYTHONDONTWRITEBYTECODE": "1"}
        return [sys.executable, "-m", *self.arguments(module, port)], paths


class FastAPI(Framework):
    name = "FastAPI"
    source = FASTAPI

    def arguments(self, module, port):
        return ["uvicorn", f"{module}:app", "--port", str(port)]


class Django(Framework):
    name = "Django"
    source = DJANGO
    # Its answers hold no field twice.
    cannot = {"down", "doubled"}

    def arguments(self, module, port):
        return ["django", "runserver", "--noreload", "--settings", module, f"127.0.0.1:{port}"]


SERVERS = {"fastapi": FastAPI(), "django": Django()}
