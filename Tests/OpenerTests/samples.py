"""A store made of the sample data, and what the program itself says of it."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["CORSLEUTH"]


def readme_lines():
    """The command lines of the README that open a store."""
    block = re.search(r"<!-- lines: openers -->\n```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    return block[1].splitlines()


class Store:
    def __init__(self):
        self._temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._temporary.name)
        self.shell(f"corsleuth import --quiet --store cors.db '{ROOT / 'SampleData'}'")

    @property
    def environment(self):
        return os.environ | {"PATH": f"{pathlib.Path(PROGRAM).parent}:{os.environ['PATH']}"}

    def shell(self, line):
        run = subprocess.run(line, shell=True, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if run.returncode != 0:
            raise AssertionError(f"{line}\nended with {run.returncode}:\n{run.stderr}")
        return run.stdout

    def rows(self, arguments):
        return json.loads(self.shell(f"corsleuth query --store cors.db --format json {arguments}"))

    def close(self):
        self._temporary.cleanup()
