"""The same requests, and WebKit's, in nginx's logs: what is said of them is what the browsers decided."""

import unittest

import browsers
from oracle import recording, scenarios, verdicts
from oracle.devtools import Chromium
from oracle.minibrowser import WebKit
from oracle.netmonitor import Firefox
from oracle.proxy import Proxy

# Of those that came through, so few may be suspected by a log without headers.
SUSPECTED = 0.03


def hides_lines(scenario):
    """Whether some answer had two lines of a field, of which this nginx logs the first."""
    lines = [[name for name, _ in answer[1]] for hop in scenario["hops"] for answers in hop.values() for answer in answers]
    return any(len(set(names)) < len(names) for names in lines)


def leads_nowhere(scenario):
    """Whether it ends in a redirect that no browser follows: a log without `Location` does not show it."""
    return any(value in scenarios.NOWHERE for _, lines in scenario["hops"][-1]["answer"] for _, value in lines)


class Checks:
    browser_class = None

    @classmethod
    def setUpClass(cls):
        cls.recording = recording.of(cls.browser_class)
        cls.verdicts = {log: verdicts.of(lines) for log, lines in cls.recording.logs.items()}

    def each(self, log):
        """Each scenario, its rows, those of failures among them, and what the page saw; not those that it could not tell of."""
        for name, scenario in self.recording.scenarios.items():
            rows, seen = self.verdicts[log].get(name, []), self.recording.outcomes[name]
            blocked = [row for row in rows if row["verdict"] == "blocked"]
            if None not in seen:
                yield scenario, rows, blocked, seen

    def told(self, log, scenario):
        name = scenario["id"]
        return self.subTest(
            name, log=log, browser=self.recording.reasons.get(name), saw=self.recording.outcomes[name], scenario=scenario,
            rows=self.verdicts[log].get(name))

    def test_there_is_something_to_compare(self):
        for log, found in self.verdicts.items():
            self.assertGreater(len(found), len(self.recording.scenarios) * 2 // 3, log)
            self.assertGreater(sum(self.recording.passed(one[0]) for one in self.each(log)), len(found) // 10)

    def test_what_is_certain_is_so(self):
        for log in self.verdicts:
            for scenario, rows, blocked, seen in self.each(log):
                reasons = [verdicts.key(reason) for reason in self.recording.reasons.get(scenario["id"], [])]
                with self.told(log, scenario):
                    for row in blocked:
                        if row["certainty"] == "certain":
                            self.assertFalse(self.recording.passed(scenario))
                            self.assertIn(row["reason"], reasons or [row["reason"]])
                    if not any(seen) and rows:
                        self.assertFalse(all(row["verdict"] == "allowed" and row["certainty"] == "certain" for row in rows))

    def test_nothing_that_came_through_is_called_blocked_in_logs_with_headers(self):
        for log in self.verdicts.keys() - {"combined"}:
            for scenario, _, blocked, _ in self.each(log):
                # A list may go on in a line that is not logged.
                if self.recording.passed(scenario) and not hides_lines(scenario):
                    with self.told(log, scenario):
                        self.assertEqual(blocked, [])

    def test_little_that_came_through_is_suspected_without_headers_and_no_more_than_that(self):
        # Of a page's own OPTIONS nothing tells there that it is no preflight.
        through = [
            (scenario, blocked) for scenario, _, blocked, _ in self.each("combined")
            if self.recording.passed(scenario) and scenario["options"]["method"] != "OPTIONS"]
        suspected = [scenario["id"] for scenario, blocked in through if blocked]
        self.assertLessEqual(len(suspected), 1 + SUSPECTED * len(through), suspected)
        for scenario, blocked in through:
            with self.told("combined", scenario):
                self.assertEqual([row for row in blocked if row["certainty"] != "possible"], [])

    def test_what_failed_is_found_or_left_open_with_the_browsers_reason_in_logs_with_headers(self):
        for log in self.verdicts.keys() - {"combined"}:
            for scenario, rows, _, seen in self.each(log):
                if any(seen) or hides_lines(scenario) or not self.recording.tells_credentials(scenario):
                    continue
                if log != "json" and leads_nowhere(scenario):
                    continue
                with self.told(log, scenario):
                    refused = [row for row in rows if row["verdict"] != "allowed"]
                    self.assertTrue(refused)
                    for reason in self.recording.reasons.get(scenario["id"], [])[:1]:
                        self.assertIn(verdicts.key(reason), [key for row in refused for key in verdicts.candidates(row)])


@unittest.skipUnless(browsers.CHROMIUM and Proxy.can_run, "no chromium or no nginx")
class OfChromium(Checks, unittest.TestCase):
    browser_class = Chromium


@unittest.skipUnless(browsers.FIREFOX and Proxy.can_run, "no firefox-esr or no nginx")
class OfFirefox(Checks, unittest.TestCase):
    browser_class = Firefox


@unittest.skipUnless(WebKit.can_run and Proxy.can_run, "no webkit2gtk-driver, no xvfb, or no nginx")
class OfWebKit(Checks, unittest.TestCase):
    browser_class = WebKit
