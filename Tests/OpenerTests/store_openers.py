"""The README's lines that open a store in other tools do what they say."""

import shutil
import unittest

from samples import Store, readme_lines

VIEWS = "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name"


class OpenersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = Store()
        cls.addClassCleanup(cls.store.close)

    def line(self, program):
        if not shutil.which(program):
            self.skipTest(f"{program} is not installed")
        return next(line for line in readme_lines() if line.startswith(program))

    def expect_shown(self, text, rows):
        for row in rows:
            for value in row.values():
                self.assertIn(str(value), text)

    def test_sqlite3(self):
        reasons = self.store.rows("--sql 'SELECT reason, count(*) AS n FROM failures GROUP BY reason'")
        self.assertGreater(len(reasons), 3)
        self.expect_shown(self.store.shell(self.line("sqlite3")), reasons)

    def test_pandas(self):
        origins = self.store.rows("--sql 'SELECT origin FROM failures_by_origin'")
        self.expect_shown(self.store.shell(self.line("python3")), origins)

    def test_duckdb(self):
        origins = self.store.rows("--sql 'SELECT origin, failures FROM failures_by_origin'")
        self.expect_shown(self.store.shell(self.line("duckdb")), origins)

    def test_duckdb_reads_every_view(self):
        attach = self.line("duckdb").split(";")[0]
        for view in self.store.rows(f'--sql "{VIEWS}"'):
            with self.subTest(view["name"]):
                count = self.store.rows(f"--sql 'SELECT count(*) AS n FROM {view['name']}'")[0]["n"]
                rows = self.store.shell(f'{attach}; COPY (SELECT * FROM cors.{view["name"]}) TO \'rows.json\'"')
                with open(self.store.folder / "rows.json") as file:
                    self.assertEqual(sum(1 for _ in file), count, rows)
