"""Requests by chance in real browsers: what their recordings show is what they decided themselves.

ORACLE_SEED and ORACLE_COUNT name other requests than the usual ones, and more of them; with ORACLE_HTTP2 nginx stands before the
server, for HTTPS, HTTP/2 and hosts of two sites.
"""

import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import unittest

import browsers
from oracle import scenarios
from oracle.devtools import Chromium
from oracle.netmonitor import Firefox
from oracle.server import Server


class Checks:
    browser_class = None

    @classmethod
    def setUpClass(cls):
        server = Server(over_http2="ORACLE_HTTP2" in os.environ)
        chance = random.Random(int(os.environ.get("ORACLE_SEED", "1")))
        made = [scenarios.scenario(chance, number) for number in range(int(os.environ.get("ORACLE_COUNT", "150")))]
        server.scenarios = {one["id"]: one for one in made}
        asked = [{**{key: one[key] for key in one if key != "hops"}, "url": server.fill(one["url"])} for one in made]
        browser = cls.browser_class()
        har, cls.outcomes, cls.reasons = browser.record(server.names["page"] + "/", asked)
        browser.close()
        server.close()
        cls.scenarios = server.scenarios
        cls.verdicts = cls.judge(har)

    @staticmethod
    def judge(har):
        with tempfile.TemporaryDirectory(prefix="corsleuth-oracle-") as folder:
            file, store = pathlib.Path(folder, "recording.har"), pathlib.Path(folder, "store.db")
            file.write_text(har)
            program = os.environ["CORSLEUTH"]
            subprocess.run([program, "import", "--store", store, file], check=True, stderr=subprocess.DEVNULL)
            rows = subprocess.run(
                [program, "query", "--store", store, "--format", "json", "--sql", "SELECT * FROM verdicts"],
                check=True, capture_output=True, text=True).stdout
        verdicts = {}
        for row in json.loads(rows):
            if name := re.search(r"/api/(\w+)/", row["url"]):
                verdicts.setdefault(name[1], []).append(row)
        return verdicts

    def named(self, row):
        return row["chromium_error"] if self.browser_class is Chromium else row["reason"]

    def each(self):
        for name in self.scenarios:
            rows = self.verdicts.get(name, [])
            yield name, rows, [row for row in rows if row["verdict"] == "blocked"], self.reasons.get(name)

    def test_there_is_something_to_compare(self):
        self.assertGreater(len(self.reasons), len(self.scenarios) // 4)
        self.assertGreater(sum(self.outcomes.values()), len(self.scenarios) // 10)
        self.assertGreater(len(self.verdicts), len(self.scenarios) * 3 // 4)

    def test_every_refusal_is_found_with_the_browsers_own_reason_or_with_it_among_the_candidates(self):
        for name, rows, blocked, reason in self.each():
            if not reason:
                continue
            with self.subTest(name, browser=reason, scenario=self.scenarios[name], rows=rows):
                possible = any(len(json.loads(row["candidates"] or "[]")) > 1 for row in rows)
                self.assertTrue(possible or any(self.named(row) == reason for row in blocked))

    def test_nothing_that_came_through_is_called_blocked(self):
        for name, rows, blocked, reason in self.each():
            if self.outcomes[name] and not reason:
                with self.subTest(name, scenario=self.scenarios[name], rows=rows):
                    self.assertEqual(blocked, [])

    def test_what_is_certain_is_so(self):
        for name, rows, blocked, reason in self.each():
            sure = [row for row in blocked if row["certainty"] == "certain"]
            with self.subTest(name, browser=reason, scenario=self.scenarios[name], rows=rows):
                if sure:
                    self.assertIn(reason, [self.named(row) for row in sure])
                if reason and rows:
                    self.assertFalse(all(row["verdict"] == "allowed" and row["certainty"] == "certain" for row in rows))


@unittest.skipUnless(browsers.CHROMIUM, "no chromium")
class InChromium(Checks, unittest.TestCase):
    browser_class = Chromium


@unittest.skipUnless(browsers.FIREFOX, "no firefox-esr")
class InFirefox(Checks, unittest.TestCase):
    browser_class = Firefox
