"""What the program says of a recording, by scenario."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

# MDN's keys for Chromium's names, those of a preflight without the word.
CHROMIUM = {
    "WildcardOriginNotAllowed": "CORSNotSupportingCredentials", "MissingAllowOriginHeader": "CORSMissingAllowOrigin",
    "MultipleAllowOriginValues": "CORSMultipleAllowOriginNotAllowed", "AllowOriginMismatch": "CORSAllowOriginNotMatchingOrigin",
    "InvalidAllowOriginValue": "CORSAllowOriginNotMatchingOrigin", "InvalidAllowCredentials": "CORSMissingAllowCredentials",
    "InvalidStatus": "CORSPreflightDidNotSucceed", "DisallowedRedirect": "CORSExternalRedirectNotAllowed",
    "InvalidAllowMethodsResponse": "CORSInvalidAllowMethod", "InvalidAllowHeadersResponse": "CORSInvalidAllowHeader",
    "MethodDisallowedByResponse": "CORSMethodNotFound", "HeaderDisallowedByResponse": "CORSMissingAllowHeaderFromPreflight",
    "RedirectContainsCredentials": "CORSDidNotSucceed", "CorsDisabledScheme": "CORSRequestNotHttp",
}


def of(recording):
    """Rows of `verdicts` in the order of the recording, by scenario, of the bytes of a HAR or a log."""
    with tempfile.TemporaryDirectory(prefix="corsleuth-oracle-") as folder:
        file, store = pathlib.Path(folder, "recording"), pathlib.Path(folder, "store.db")
        file.write_bytes(recording)
        program = os.environ["CORSLEUTH"]
        subprocess.run([program, "import", "--store", store, file], check=True, stderr=subprocess.DEVNULL)
        rows = subprocess.run(
            [program, "query", "--store", store, "--format", "json", "--limit", "1000000",
             "--sql", "SELECT * FROM verdicts ORDER BY entry"],
            check=True, capture_output=True, text=True).stdout
    verdicts = {}
    for row in json.loads(rows):
        if name := re.search(r"/api/(\w+)/", row["url"]):
            verdicts.setdefault(name[1], []).append(row)
    return verdicts


def key(reason):
    """The key of a browser's own word for it."""
    return CHROMIUM.get(reason.replace("Preflight", ""), reason)


def candidates(row):
    """The reasons that a row leaves open, or the one that it names."""
    return json.loads(row["candidates"] or "[]") or [row["reason"]]
