"""What pipelines read holds to its format, in the eyes of strict readers."""

import json
import unittest

import jsonschema
import junitparser
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from samples import ROOT, Store
from sarif_schema import sarif_schema


class FormatsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = Store()
        cls.addClassCleanup(cls.store.close)

    def reports(self, format):
        """Of the whole store, of each recording, and so of some without a failure."""
        yield self.store.shell(f"corsleuth report --store cors.db --all --format {format}")
        for recording in sorted((ROOT / "SampleData").glob("*.har*")):
            yield self.store.shell(f"corsleuth analyze --quiet --format {format} '{recording}'")

    def test_openmetrics(self):
        failures = self.store.rows("--sql 'SELECT count(*) AS n FROM failures'")[0]["n"]
        for index, text in enumerate(self.reports("openmetrics")):
            families = {family.name: family for family in text_string_to_metric_families(text)}
            self.assertIn("corsleuth_requests", families)
            if index == 0:
                counted = sum(sample.value for sample in families["corsleuth_reason_failures"].samples)
                self.assertEqual(counted, failures)

    def test_sarif(self):
        schema = sarif_schema()
        if schema is None:
            self.skipTest("schemastore does not hold SARIF's schema")
        validator = jsonschema.Draft7Validator(schema)
        for text in self.reports("sarif"):
            self.assertEqual([error.message for error in validator.iter_errors(json.loads(text))], [])

    def test_junit(self):
        for text in self.reports("junit"):
            told = junitparser.JUnitXml.fromstring(text.encode())
            cases = [case for suite in told for case in suite]
            failed = [case for case in cases if any(isinstance(result, junitparser.Failure) for result in case.result)]
            self.assertEqual((told.tests, told.failures, told.errors), (len(cases), len(failed), 0))
            for suite in told:
                self.assertEqual(suite.tests, len(list(suite)))
