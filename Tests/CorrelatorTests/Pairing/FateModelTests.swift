import Testing

@testable import Correlator

/// How likely a preflight is followed, by what those of its subject show.
struct FateModelTests {
  @Test func `a subject that is refused, one that passes, and what is usual`() {
    var model = FateModel()
    for number in 0..<2000 {
      model.add(1, 1)
      model.add(0, 2)
      model.add(number % 10 == 0 ? 1 : 0, 3)
    }
    model.settle()
    let (refused, passing, mixed, unknown) = (
      model.followed(1), model.followed(2), model.followed(3), model.followed(0)
    )
    #expect(refused < 0.05 && passing > 50)
    #expect((7...11).contains(mixed))
    #expect(refused < unknown && unknown < passing)
  }

  @Test func `a few of a subject's own leave what is usual`() {
    var model = FateModel()
    for number in 0..<2000 { model.add(number % 10 == 0 ? 1 : 0, 1) }
    for _ in 0..<3 { model.add(1, 2) }
    model.settle()
    #expect((3...7).contains(model.followed(2)))
  }

  @Test func `of very many subjects the first are told apart, and the rest are as usual`() {
    var model = FateModel()
    for subject in 1...20_000 as ClosedRange<UInt32> {
      for _ in 0..<20 { model.add(subject % 2 == 0 ? 1 : 0, subject) }
    }
    model.settle()
    #expect(model.followed(100) < model.followed(101))
    #expect(model.followed(19_000) == model.followed(19_001) && model.followed(19_000) == model.followed(0))
  }
}
