"""Datasette shows a store's views and ready queries, with the rows that `corsleuth query` gives."""

import html
import json
import socket
import subprocess
import time
import unittest
import urllib.parse
import urllib.request

from samples import Store, readme_lines

# A parameter that has to be given.
GIVEN = {"new-failures": {"since": "2026-10-16T00:00:00.000000Z"}}


class DatasetteTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = Store()
        cls.addClassCleanup(cls.store.close)
        write, serve = readme_lines()[-2:]
        cls.store.shell(write)
        cls.metadata = json.loads((cls.store.folder / "pages/metadata.json").read_text())["databases"]["cors"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        cls.address = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            f"exec {serve} --host 127.0.0.1 --port {port}",
            shell=True,
            cwd=cls.store.folder,
            env=cls.store.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.terminate)
        for _ in range(200):
            if server.poll() is not None:
                raise AssertionError("Datasette does not start")
            try:
                return cls.page("/")
            except OSError:
                time.sleep(0.1)
        raise AssertionError("Datasette does not answer")

    @classmethod
    def page(cls, path):
        with urllib.request.urlopen(cls.address + path, timeout=30) as answer:
            return html.unescape(answer.read().decode())

    def test_the_index_names_the_queries_and_views_and_hides_the_tables(self):
        self.assertIn("CORS failures", self.page("/"))
        database = json.loads(self.page("/cors.json"))
        self.assertEqual({query["name"] for query in database["queries"]}, set(self.metadata["queries"]))
        self.assertEqual([table["name"] for table in database["tables"] if not table["hidden"]], [])
        index = self.page("/cors")
        for query in self.metadata["queries"].values():
            self.assertIn(query["title"], index)

    def test_each_view_and_column_is_described(self):
        for view in json.loads(self.page("/cors.json"))["views"]:
            with self.subTest(view["name"]):
                page = self.page(f"/cors/{view['name']}")
                described = self.metadata["tables"][view["name"]]
                self.assertIn(described["description"], page)
                rows = json.loads(self.page(f"/cors/{view['name']}.json?_size=0"))
                self.assertEqual(list(described["columns"]), rows["columns"])
                for meaning in described["columns"].values():
                    self.assertIn(meaning, page)

    def test_each_query_gives_the_rows_of_corsleuth(self):
        for name, query in self.metadata["queries"].items():
            with self.subTest(name):
                given = GIVEN.get(name, {})
                arguments = "?" + urllib.parse.urlencode(given)
                page = self.page(f"/cors/{name}{arguments}")
                self.assertIn(query["title"], page)
                self.assertIn(query["description"], page)
                rows = json.loads(self.page(f"/cors/{name}.json{arguments}&_shape=array"))
                options = " ".join(f"--param {key}={value}" for key, value in given.items())
                # A page by a view's name has an ending that keeps the two apart.
                self.assertEqual(rows, self.store.rows(f"{name.removesuffix('-query')} {options}"))

    def test_a_parameter_that_is_filled_in_counts(self):
        rows = json.loads(self.page("/cors/top-failing-endpoints.json?limit=2&_shape=array"))
        self.assertEqual(rows, self.store.rows("top-failing-endpoints --param limit=2"))
        self.assertEqual(len(rows), 2)
