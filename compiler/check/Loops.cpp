//===- Loops.cpp - loops of the program -----------------------------------===//

#include "compiler/check/Loops.h"

using namespace pdec;

/// The type that a carried value needs to hold `after` also; what does not
/// change kind stays.
static Type widened(const Type &before, const Type &after) {
  Type result = before.isField() ? before : after;
  result.element =
      before.element == ElementKind::Int ? after.element : before.element;
  return result;
}

bool Loops::fitsLoop(const std::string &name, const Type &before,
                     const Type &after, SourceRange range) {
  bool sameElement = (before.element == ElementKind::Bool) ==
                     (after.element == ElementKind::Bool);
  bool sameShape = !before.isField() || !after.isField() ||
                   (before.grid == after.grid && haveSameRows(before, after));
  if (sameElement && sameShape)
    return true;
  reporter.error(Error::LoopShape, range, name, describe(before),
                 describe(after));
  return false;
}

RuleRef Loops::ruleOfStart(const NodeRef &field) {
  RuleRef rule = beyond.ruleOfStart(field);
  if (!rule)
    reporter.error(Error::AdjointUnclear, field->range)
        .note(field->range, "a field that changes starts from here");
  return rule;
}

static bool sameType(const Type &a, const Type &b) {
  return a.element == b.element && a.grid == b.grid;
}

/// A first pass may show that a carried integer becomes real, or a number a
/// field; then the body is evaluated again with the wider types.
std::vector<NodeRef> Loops::make(const std::vector<std::string> &names,
                                 std::vector<NodeRef> inits,
                                 const NodeRef &count, bool isEvolution,
                                 SourceRange range, const Body &body) {
  constexpr int maxRounds = 4;
  for (int round = 0; round < maxRounds && !effort.isStopped(); ++round) {
    auto result = std::make_shared<Loop>();
    result->count = count;
    result->names = names;
    result->isEvolution = isEvolution;
    result->range = range;
    std::vector<NodeRef> carried;
    for (size_t i = 0; i < inits.size(); ++i) {
      Node arg;
      arg.kind = NodeKind::LoopArg;
      arg.type = inits[i]->type;
      if (arg.type.isField()) {
        arg.rule = ruleOfStart(inits[i]);
        if (!arg.rule)
          return {};
      }
      arg.index = int(i);
      arg.enclosing = result.get();
      arg.range = inits[i]->range;
      carried.push_back(nodes.make(std::move(arg)));
      result->types.push_back(inits[i]->type);
    }
    result->inits = inits;
    std::vector<Value> values = body(carried, *result);
    bool isStable = true;
    for (size_t i = 0; i < values.size(); ++i) {
      if (values[i].isPoison())
        return {};
      NodeRef node = arithmetic.asPointwise(values[i], range);
      if (!node || !fitsLoop(names[i], inits[i]->type, node->type, range))
        return {};
      Type type = widened(inits[i]->type, node->type);
      isStable &= sameType(type, inits[i]->type);
      inits[i] = nodes.convert(inits[i], type);
      result->yields.push_back(nodes.convert(node, type));
    }
    if (!isStable)
      continue;
    std::vector<NodeRef> results;
    for (size_t i = 0; i < inits.size(); ++i) {
      Node node;
      node.kind = NodeKind::LoopResult;
      node.type = inits[i]->type;
      if (node.type.isField())
        node.rule = beyond.ruleOfStart(inits[i]);
      node.index = int(i);
      node.range = range;
      node.loop = result;
      results.push_back(nodes.make(std::move(node)));
    }
    return results;
  }
  return {};
}

/// last + (1 - first)
NodeRef Loops::passes(const NodeRef &first, const NodeRef &last,
                      SourceRange range) {
  NodeRef shift =
      nodes.binary(NodeKind::Sub, nodes.integer(1, range), first, range);
  if (isConstant(shift) && shift->integer == 0)
    return last;
  return nodes.binary(NodeKind::Add, last, shift, range);
}

NodeRef Loops::counterOf(const Loop &loop, const NodeRef &first,
                         SourceRange counter, SourceRange header) {
  Node index;
  index.kind = NodeKind::LoopIndex;
  index.type.element = ElementKind::Int;
  index.enclosing = &loop;
  index.range = counter;
  NodeRef made = nodes.make(std::move(index));
  bool fromZero = isConstant(first) && first->integer == 0;
  return fromZero ? made : nodes.binary(NodeKind::Add, first, made, header);
}
