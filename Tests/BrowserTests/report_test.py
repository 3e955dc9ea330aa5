"""The HTML report in real browsers."""

import importlib.util
import os
import pathlib
import unittest

import browsers
import samples


def axe_source():
    package = importlib.util.find_spec("axe_playwright_python").origin
    return (pathlib.Path(package).parent / "axe.min.js").read_text()


class Checks:
    """What holds in every browser."""

    browser_class = None

    @classmethod
    def setUpClass(cls):
        cls.browser = cls.browser_class()
        cls.captures = samples.captures()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def open(self, page, **options):
        browser = self.browser.open(page, **options)
        self.page = page
        return browser

    def expect_quiet(self, browser):
        """Nothing was said on the console, and nothing but the page was asked for."""
        self.assertEqual(browser.messages, [])
        self.assertEqual([url for url in browser.requests if not url.startswith(self.page.as_uri())], [])

    def test_renders_and_asks_for_nothing(self):
        browser = self.open(self.captures)
        self.assertRegex(browser.ask("document.querySelector('h1').textContent"), r"^\d+ of \d+ .* were blocked")
        for part in ("problems", "waterfall", "groups", "failures", "sources"):
            self.assertGreater(browser.ask(f"document.getElementById('{part}').offsetHeight"), 40, part)
        # The style applied, so its hash is right; the script ran, so its hash is right.
        self.assertNotEqual(browser.ask("getComputedStyle(document.querySelector('.card')).borderRadius"), "0px")
        self.assertFalse(browser.ask("document.getElementById('failure-controls').hidden"))
        self.expect_quiet(browser)

    def test_sorts_tables(self):
        browser = self.open(self.captures)
        column = """() => Array.from(document.querySelectorAll('#table-endpoint tr'), (row) => Number(row.cells[1].dataset.sort))"""
        click = "() => document.querySelectorAll('#by-endpoint thead button')[1].click()"
        browser.ask(click)
        down = browser.ask(column)
        browser.ask(click)
        up = browser.ask(column)
        self.assertEqual(down, sorted(down, reverse=True))
        self.assertEqual(up, sorted(up))
        self.assertNotEqual(up, down)
        self.assertEqual(
            browser.ask("document.querySelectorAll('#by-endpoint thead th')[1].getAttribute('aria-sort')"), "ascending")
        names = "() => Array.from(document.querySelectorAll('#table-cause tr'), (row) => row.cells[0].dataset.sort)"
        browser.ask("() => document.querySelector('#by-cause thead button').click()")
        found = browser.ask(names)
        self.assertEqual(found, sorted(found))
        self.expect_quiet(browser)

    def test_filters_tables(self):
        browser = self.open(self.captures)
        shown = browser.ask("""() => {
          const input = document.getElementById('table-endpoint-filter');
          input.value = 'ACAO ';
          input.dispatchEvent(new Event('input'));
          return Array.from(document.querySelectorAll('#table-endpoint tr')).filter((row) => row.offsetHeight > 0)
            .map((row) => row.cells[0].textContent);
        }""")
        self.assertTrue(shown and all("acao" in name for name in shown), shown)
        self.assertRegex(
            browser.ask("document.querySelector('#by-endpoint [role=status]').textContent"), rf"^{len(shown)} of \d+ shown$")

    visible = "() => Array.from(document.querySelectorAll('.failure')).filter((one) => one.offsetHeight > 0).length"

    def test_links_groups_to_their_failures(self):
        browser = self.open(self.captures)
        everything = browser.ask(self.visible)
        browser.ask("""async () => {
          document.querySelector('#table-cause a').click();
          await new Promise((done) => setTimeout(done, 200));
        }""")
        cause = browser.ask("document.querySelector('#table-cause tr').cells[0].dataset.sort")
        some = browser.ask(self.visible)
        self.assertTrue(0 < some < everything)
        causes = browser.ask(
            "() => Array.from(document.querySelectorAll('.failure:not([hidden])'), (one) => one.dataset.cause)")
        self.assertEqual(set(causes), {cause})
        address = browser.ask("location.hash")
        self.assertEqual(address, f"#failures?cause={cause}")
        # The address is a link that others can be sent.
        self.assertEqual(self.open(self.captures, fragment=address).ask(self.visible), some)
        browser.ask("() => document.getElementById('failure-clear').click()")
        self.assertEqual(browser.ask(self.visible), everything)

    def test_searches_orders_and_opens_failures(self):
        browser = self.open(self.captures, fragment="#f7")
        self.assertTrue(browser.ask("document.getElementById('f7').open"))
        browser.ask("""() => {
          const search = document.getElementById('failure-search');
          search.value = 'PreflightMissingAllowOriginHeader';
          search.dispatchEvent(new Event('input'));
        }""")
        self.assertGreater(browser.ask(self.visible), 0)
        self.assertIn("q=PreflightMissingAllowOriginHeader", browser.ask("location.hash"))
        browser.ask("() => document.getElementById('failure-clear').click()")
        order = browser.ask("""() => {
          const order = document.getElementById('failure-order');
          order.value = 'last';
          order.dispatchEvent(new Event('change'));
          return Array.from(document.querySelectorAll('.failure'), (one) => Number(one.dataset.last));
        }""")
        self.assertEqual(order, sorted(order, reverse=True))
        browser.ask("() => document.getElementById('failure-open').click()")
        self.assertEqual(browser.ask("document.querySelectorAll('.failure:not([open])').length"), 0)
        self.expect_quiet(browser)

    def test_opens_everything_for_paper(self):
        browser = self.open(self.captures)
        closed = "document.querySelectorAll('.failure:not([open])').length"
        before = browser.ask(closed)
        browser.ask("() => dispatchEvent(new Event('beforeprint'))")
        self.assertEqual(browser.ask(closed), 0)
        browser.ask("() => dispatchEvent(new Event('afterprint'))")
        self.assertEqual(browser.ask(closed), before)

    def test_fits_narrow_screens(self):
        for width in (390, 500, 1280):
            browser = self.open(self.captures, width=width)
            browser.ask("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
            self.assertLessEqual(browser.ask("document.documentElement.scrollWidth"), width)

    def test_is_accessible(self):
        # Firefox is shown the light scheme alone: WebDriver BiDi has no word for the other.
        looks = [(1280, "light"), (390, "dark")] if self.browser.name == "chromium" else [(1280, "light")]
        for page in (self.captures, samples.hostile()):
            for width, scheme in looks:
                browser = self.open(page, scheme=scheme, width=width)
                # Enough of each kind: axe looks at every element that is shown.
                browser.ask("""() => {
                  const some = (selector, count) => Array.from(document.querySelectorAll(selector)).slice(0, count);
                  for (const one of [...some('.failure', 12), ...some('details:not(.failure)', 24)]) one.open = true;
                  for (const one of some('.failure:not([open])', 1000)) one.remove();
                }""")
                browser.ask(f"() => {{ {axe_source()}; window.axe = axe; }}")
                found = browser.ask("""async () => (await axe.run({ resultTypes: ['violations'] })).violations.map((one) =>
                  `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`)""")
                self.assertEqual(found, [], f"{page.name} {scheme} {width}")

    def test_hostile_capture_runs_nothing(self):
        browser = self.open(samples.hostile())
        browser.ask("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
        browser.ask("async () => { await new Promise((done) => setTimeout(done, 300)); }")
        self.assertTrue(browser.ask("window.owned === undefined"))
        self.assertEqual(browser.ask("document.scripts.length"), 1)
        self.assertEqual(browser.ask("document.querySelectorAll('img, iframe, object, embed, link, base, form').length"), 0)
        self.assertEqual(browser.ask("""() => Array.from(document.querySelectorAll('*')).flatMap((one) =>
          Array.from(one.attributes, (attribute) => attribute.name)).filter((name) => name.startsWith('on')).length"""), 0)
        links = browser.ask("() => Array.from(document.links, (link) => link.getAttribute('href'))")
        self.assertEqual(
            [link for link in links if not link.startswith(("#", "https://developer.mozilla.org/"))], [])
        text = browser.ask("document.body.textContent")
        self.assertIn("</script><script>window.owned=1</script>", text)
        self.assertNotRegex(text, "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")
        self.assertGreaterEqual(browser.ask("document.querySelectorAll('.failure').length"), len(samples.ATTACKS))
        for attack in range(len(samples.ATTACKS)):
            # Each group's link narrows to failures of exactly that origin, whatever is in its name.
            browser.ask(f"async () => {{ const link = document.querySelectorAll('#table-origin a')[{attack}]; link?.click();"
                        " await new Promise((done) => setTimeout(done, 30)); }")
            self.assertGreater(browser.ask(self.visible), 0)
        self.assertTrue(browser.ask("window.owned === undefined"))
        self.expect_quiet(browser)

    def test_many_failures_open_at_once(self):
        page = samples.many()
        self.assertLess(page.stat().st_size, 5_000_000)
        browser = self.open(page)
        ready = browser.ask("performance.getEntriesByType('navigation')[0].loadEventEnd")
        print(f"{self.browser.name}: 100,000 failures, {page.stat().st_size / 1e6:.1f} MB, open in {ready:.0f} ms")
        self.assertLess(ready, 1000)
        self.assertIn("leaves out", browser.ask("document.querySelector('footer').textContent"))
        self.assertGreater(browser.ask("document.querySelectorAll('#time svg.timeline g').length"), 20)
        self.expect_quiet(browser)


@unittest.skipUnless(browsers.CHROMIUM, "no chromium")
class InChromium(Checks, unittest.TestCase):
    browser_class = browsers.Chromium

    def test_works_by_keyboard(self):
        page = self.open(self.captures).page
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.textContent"), "Skip to the problems")
        page.keyboard.press("Enter")
        self.assertEqual(page.evaluate("location.hash"), "#main")
        page.locator("#by-endpoint thead button").first.focus()
        page.keyboard.press("Enter")
        self.assertEqual(page.locator("#by-endpoint thead th").first.get_attribute("aria-sort"), "ascending")
        page.locator("#f2 > summary").focus()
        page.keyboard.press("Enter")
        self.assertTrue(page.evaluate("document.getElementById('f2').open"))

    def test_reads_without_scripts(self):
        page = self.open(self.captures, scripts=False).page
        self.assertFalse(page.locator("#failure-controls").is_visible())
        self.assertTrue(page.locator("#f1").is_visible())
        page.locator("#f2 > summary").click()
        self.assertTrue(page.locator("#f2 .sides").first.is_visible())

    def test_prints_dark_on_white(self):
        page = self.open(self.captures, scheme="dark").page
        page.emulate_media(media="print")
        colour = "getComputedStyle(document.querySelector('.card')).{}"
        self.assertEqual(page.evaluate(colour.format("backgroundColor")), "rgb(255, 255, 255)")
        self.assertEqual(page.evaluate(colour.format("color")), "rgb(27, 35, 44)")

    @unittest.skipUnless(os.environ.get("SCREENSHOTS"), "SCREENSHOTS names no folder")
    def test_screenshots(self):
        folder = pathlib.Path(os.environ["SCREENSHOTS"])
        folder.mkdir(parents=True, exist_ok=True)
        for page in (self.captures, samples.many(), samples.hostile()):
            for width in (1280, 390):
                for scheme in ("light", "dark"):
                    shown = self.open(page, width=width, scheme=scheme).page
                    shown.set_viewport_size({"width": width, "height": 1400})
                    # The whole page is taller than a picture may be.
                    for part in ("main", "time", "waterfall", "map", "groups", "failures", "sources"):
                        if shown.locator(f"#{part}").count() == 0:
                            continue
                        if part == "main":
                            shown.evaluate("scrollTo(0, 0)")
                        else:
                            shown.locator(f"#{part}").evaluate("(element) => element.scrollIntoView()")
                        shown.screenshot(path=folder / f"{page.stem}-{width}-{scheme}-{part}.png")


@unittest.skipUnless(browsers.FIREFOX, "no firefox-esr")
class InFirefox(Checks, unittest.TestCase):
    browser_class = browsers.Firefox


if __name__ == "__main__":
    unittest.main()
