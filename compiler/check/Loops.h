//===- Loops.h - loops of the program ---------------------------*- C++ -*-===//

#ifndef PDEC_CHECK_LOOPS_H
#define PDEC_CHECK_LOOPS_H

#include "compiler/check/Arithmetic.h"
#include "compiler/check/Effort.h"

namespace pdec {

/// Makes loops. Has no data of its own; null and empty results mean an error
/// that has been reported.
class Loops {
public:
  Loops(NodeBuilder &nodes, Reporter &reporter, Beyond &beyond,
        Arithmetic &arithmetic, Effort &effort)
      : nodes(nodes), reporter(reporter), beyond(beyond),
        arithmetic(arithmetic), effort(effort) {}

  /// Turns the values before a pass (and the loop's index) into those after it,
  /// and says by Loop::until when the loop ends before.
  using Body = std::function<std::vector<Value>(
      const std::vector<NodeRef> &carried, Loop &loop)>;
  /// `names` carried through `count` passes of `body`.
  std::vector<NodeRef> make(const std::vector<std::string> &names,
                            std::vector<NodeRef> inits, const NodeRef &count,
                            bool isEvolution, SourceRange range,
                            const Body &body);
  /// The number of passes from `first` to `last`.
  NodeRef passes(const NodeRef &first, const NodeRef &last, SourceRange range);
  /// The counter of a pass: the loop's index, which begins at 0, from `first`
  /// on.
  NodeRef counterOf(const Loop &loop, const NodeRef &first, SourceRange counter,
                    SourceRange header);

private:
  RuleRef ruleOfStart(const NodeRef &field);
  bool fitsLoop(const std::string &name, const Type &before, const Type &after,
                SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Beyond &beyond;
  Arithmetic &arithmetic;
  Effort &effort;
};

} // namespace pdec

#endif // PDEC_CHECK_LOOPS_H
