import Glibc

/// Interruption and termination, taken as a wish to end: waited for, never sprung upon the program.
package struct StopSignals {
  private var set = sigset_t()

  /// From here on the two signals wait to be asked for.
  package init() {
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Sleeps, and wakes early where one of them comes.
  ///
  /// - Returns: Whether one came.
  package func wait(milliseconds: Int) -> Bool {
    var set = set
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    return sigtimedwait(&set, nil, &time) > 0
  }
}
