package enum QueryCatalog {}
