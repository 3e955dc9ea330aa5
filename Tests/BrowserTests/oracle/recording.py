"""What one browser asked by chance, and made of it, beside what each recorder shows of the same requests."""

import functools
import os
import random
import time

from oracle import scenarios
from oracle.server import Server

SEED = int(os.environ.get("ORACLE_SEED", "1"))
COUNT = int(os.environ.get("ORACLE_COUNT", "120"))
# Where the hosts have names of their own, over plain HTTP or over HTTP/2.
MANNER = os.environ.get("ORACLE_HOSTS", "local")


class Recording:
    def __init__(self, browser_class):
        self.browser = browser_class.name
        chance = random.Random(SEED)
        # The page's own cookie travels along in every other run.
        has_cookie = SEED % 2 == 1
        server = Server(MANNER, has_cookie)
        made = [scenarios.scenario(chance, number, has_cookie) for number in range(COUNT)]
        self.scenarios = server.scenarios = {one["id"]: one for one in made}
        asked = [{**{key: one[key] for key in one if key != "hops"}, "url": server.fill(one["url"])} for one in made]
        browser = browser_class()
        try:
            self.har, self.outcomes, self.reasons = browser.record(
                server.names["page"] + "/", asked, scenarios.sizes(chance, COUNT))
        finally:
            browser.close()
        # A line is written when its request is over, of those too that nobody waited for.
        time.sleep(0.5)
        self.logs = server.logs()
        server.close()

    def passed(self, scenario):
        """Whether it came through, at every turn."""
        return all(self.outcomes[scenario["id"]]) and not self.reasons.get(scenario["id"])

    def tells_credentials(self, scenario):
        """Firefox's workers and what it keeps alive send no Sec-Fetch-Storage-Access, whatever their mode; of those without a preflight
        the body that was given up tells."""
        if self.browser != "firefox" or scenario["way"] not in ("worker", "keepalive"):
            return True
        return scenario["options"]["method"] == "GET" and not scenario["fields"] and len(scenario["hops"]) == 1


@functools.cache
def of(browser_class):
    """The recording of this run, made once for all that ask for it."""
    return Recording(browser_class)
