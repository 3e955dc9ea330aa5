import Correlator
import Words

/// The fifteen reasons as rows, so that SQL can join their words.
enum ReasonTable {
  static func fill(_ connection: Connection) throws(StoreError) {
    let row = try connection.prepare("INSERT OR REPLACE INTO reason VALUES (?, ?, ?, ?, ?, ?, ?)")
    for (position, key) in ReasonKey.allCases.enumerated() {
      let reason = Reason.of(key)
      row.bind(key.rawValue, 0)
      row.bind(Int64(position + 1), 1)
      row.bind(reason?.title.english, 2)
      row.bind(reason?.mdnAddress, 3)
      row.bind(reason?.meaning.english, 4)
      row.bind(reason?.clause.english, 5)
      row.bind(reason?.remedy.english, 6)
      try row.run()
    }
  }
}
