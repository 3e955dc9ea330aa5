"""What looks like CORS in real browsers' HARs, and is a policy's, a service worker's or a cache's doing."""

import unittest

import browsers
from oracle import verdicts
from oracle.apart import SCENARIOS, Server
from oracle.devtools import Chromium
from oracle.netmonitor import Firefox


class Checks:
    browser_class = None

    @classmethod
    def setUpClass(cls):
        server = Server()
        browser = cls.browser_class()
        try:
            har, cls.outcomes, _ = browser.record(server.page, server.asked())
        finally:
            browser.close()
            server.close()
        cls.verdicts = verdicts.of(har)

    def causes(self, name, verdict):
        return [row["root_cause"] for row in self.verdicts.get(name, []) if row["verdict"] == verdict]

    def test_the_browser_did_what_is_told_here(self):
        self.assertEqual({name for name in SCENARIOS if self.outcomes[name]}, {"allowed", "made"})

    def test_what_came_through_is_called_blocked_by_nobody(self):
        for name in ("allowed", "made"):
            self.assertEqual(self.causes(name, "blocked"), [], self.verdicts[name])
        self.assertNotEqual(self.causes("refused", "blocked"), [])

    def test_what_a_service_worker_made_of_a_request_is_not_called_blocked_by_CORS(self):
        for name in ("error", "opaque"):
            self.assertEqual(self.causes(name, "blocked"), [], self.verdicts[name])
            self.assertIn("service-worker", self.causes(name, "undetermined"))
        # The page's own; of what the worker asked, Chromium shows the refusal.
        self.assertIn("service-worker", self.causes("passed", "undetermined"))

    def test_a_copy_that_the_cache_kept_of_another_request_is_told(self):
        self.assertEqual(self.causes("kept", "blocked"), ["cache-without-vary"], self.verdicts["kept"])

    def test_what_the_pages_policy_forbids_is_not_called_blocked_by_CORS(self):
        self.assertEqual(self.causes("forbidden", "blocked"), [])


@unittest.skipUnless(browsers.CHROMIUM, "no chromium")
class ApartInChromium(Checks, unittest.TestCase):
    browser_class = Chromium


@unittest.skipUnless(browsers.FIREFOX, "no firefox-esr")
class ApartInFirefox(Checks, unittest.TestCase):
    browser_class = Firefox

    def test_the_pages_policy_is_read_where_the_HAR_marks_nothing(self):
        self.assertEqual(self.causes("forbidden", "undetermined"), ["blocked-by-csp"])
