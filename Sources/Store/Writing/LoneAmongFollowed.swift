/// Preflights that nothing followed, among others of their kind that were followed: a page that was left, as likely as a refusal.
///
/// What the others show holds for their own time and client alone: a failure that began in the middle of a log, or that meets
/// one client, stays a suspicion.
enum LoneAmongFollowed {
  /// How many of the same origin, endpoint, method and status are looked at before, and as many after.
  private static let neighbours = 25

  /// Leaves open what has no like among its neighbours, where the same client was followed more often than not.
  static func leaveOpen(_ connection: Connection) throws(StoreError) {
    try connection.execute(
      """
      CREATE TEMP TABLE lone AS
      -- Most kinds are too few, or all alike: those are not put in order.
      WITH crowd AS (
        SELECT i.subject, coalesce(p.status, 0) AS status FROM preflight p JOIN log_item i ON i.id = p.id GROUP BY 1, 2
        HAVING count(*) > \(neighbours) AND max(p.outcome = 'refused') AND max(p.outcome = 'followed'))
      SELECT id FROM (
        SELECT i.id, p.outcome = 'refused' AS refused, count(*) OVER near AS near,
          sum(p.outcome != 'followed') OVER near AS near_alone,
          sum(p.outcome = 'followed') OVER own AS own_followed, sum(p.outcome != 'followed') OVER own AS own_alone
        FROM preflight p JOIN log_item i ON i.id = p.id
        WHERE (i.subject, coalesce(p.status, 0)) IN crowd
        WINDOW near AS (PARTITION BY i.subject, p.status ORDER BY coalesce(i.start, i."end"), i.id
            ROWS BETWEEN \(neighbours) PRECEDING AND \(neighbours) FOLLOWING),
          own AS (PARTITION BY i.subject, p.status, i.client)
      ) WHERE refused AND near_alone = 1 AND near > \(neighbours) AND own_followed > own_alone;
      UPDATE verdict SET decision = k.other_decision, judgement = k.other_judgement, evidence = k.other_evidence,
        fix = k.other_fix
      FROM lone JOIN log_item i ON i.id = lone.id JOIN line_kind k ON k.id = i.kind
      WHERE verdict.id = i.id AND k.other_decision IS NOT NULL;
      UPDATE preflight SET outcome = 'undetermined' FROM lone WHERE preflight.id = lone.id;
      DROP TABLE lone;
      """)
  }
}
