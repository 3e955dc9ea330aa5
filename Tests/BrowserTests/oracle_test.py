"""Requests by chance in real browsers: what their HARs show is what they decided themselves.

ORACLE_SEED and ORACLE_COUNT name other requests than the usual ones, and more of them; with ORACLE_HOSTS=plain the hosts are of
three sites that nobody trusts, with ORACLE_HOSTS=http2 of the same over HTTPS and HTTP/2.
"""

import unittest

import browsers
from oracle import recording, verdicts
from oracle.devtools import Chromium
from oracle.netmonitor import Firefox


class Checks:
    browser_class = None

    @classmethod
    def setUpClass(cls):
        cls.recording = recording.of(cls.browser_class)
        cls.verdicts = verdicts.of(cls.recording.har)

    def named(self, row):
        return row["chromium_error"] if self.browser_class is Chromium else row["reason"]

    def each(self):
        """Each scenario, its rows, those of failures among them, and what the browser called them."""
        for name, scenario in self.recording.scenarios.items():
            rows = self.verdicts.get(name, [])
            blocked = [row for row in rows if row["verdict"] == "blocked"]
            yield scenario, rows, blocked, self.recording.reasons.get(name, [])

    def told(self, scenario):
        name = scenario["id"]
        return self.subTest(
            name, browser=self.recording.reasons.get(name), saw=self.recording.outcomes[name], scenario=scenario,
            rows=self.verdicts.get(name))

    def test_there_is_something_to_compare(self):
        scenarios = self.recording.scenarios.values()
        self.assertGreater(len(self.recording.reasons), len(scenarios) // 4)
        self.assertGreater(sum(map(self.recording.passed, scenarios)), len(scenarios) // 10)
        self.assertGreater(len(self.verdicts), len(scenarios) * 2 // 3)

    def test_every_refusal_is_found_with_the_browsers_own_reason_or_with_it_among_the_candidates(self):
        for scenario, rows, blocked, reasons in self.each():
            if not self.recording.tells_credentials(scenario):
                continue
            with self.told(scenario):
                named = {self.named(row) for row in blocked}
                left = [key for row in rows if row["certainty"] == "possible" for key in verdicts.candidates(row)]
                for reason in reasons:
                    self.assertTrue(reason in named or verdicts.key(reason) in left, reason)

    def test_nothing_that_came_through_is_called_blocked(self):
        for scenario, _, blocked, _ in self.each():
            if self.recording.passed(scenario):
                with self.told(scenario):
                    self.assertEqual(blocked, [])

    def test_what_is_certain_is_so(self):
        for scenario, rows, blocked, reasons in self.each():
            sure = [row for row in blocked if row["certainty"] == "certain"]
            with self.told(scenario):
                self.assertFalse(sure and self.recording.passed(scenario))
                # Of a worker Chromium tells the page's own debugger nothing, and has no name for what its network refused.
                if reasons:
                    self.assertLessEqual({self.named(row) for row in sure} - {None}, set(reasons))
                if rows and not any(self.recording.outcomes[scenario["id"]]):
                    self.assertFalse(all(row["verdict"] == "allowed" and row["certainty"] == "certain" for row in rows))


@unittest.skipUnless(browsers.CHROMIUM, "no chromium")
class InChromium(Checks, unittest.TestCase):
    browser_class = Chromium


@unittest.skipUnless(browsers.FIREFOX, "no firefox-esr")
class InFirefox(Checks, unittest.TestCase):
    browser_class = Firefox
