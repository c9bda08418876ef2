//===- NameRecorder.cpp - notes what names stand for ----------------------===//

#include "compiler/check/NameRecorder.h"

using namespace pdec;

NameRecorder::Key NameRecorder::keyOf(SourceRange range,
                                      const std::string &name) const {
  Key key = {range.file, range.begin, name};
  auto first = firsts.find(key);
  if (first == firsts.end())
    return key;
  return {first->second.file, first->second.begin, name};
}

size_t NameRecorder::indexOf(SourceRange range, const std::string &name) {
  auto [place, isNew] =
      indices.emplace(keyOf(range, name), table.declared.size());
  if (isNew) {
    table.declared.emplace_back();
    table.declared.back().name = name;
    table.declared.back().range = range;
    table.declared.back().isInner = true;
    values.emplace_back();
  }
  return place->second;
}

void NameRecorder::declare(const std::string &name, SourceRange range,
                           const Value &value, Role role, bool isInner) {
  size_t index = indexOf(range, name);
  DeclaredName &declared = table.declared[index];
  declared.isInner &= isInner;
  declared.isVariable |= role == Role::Variable || role == Role::State;
  declared.isFormal |= role == Role::Parameter;
  if (!value.isPoison())
    values[index] = value;
}

void NameRecorder::declareAgain(const ast::Identifier &name,
                                SourceRange first) {
  Key original = keyOf(first, name.text);
  firsts.emplace(Key{name.range.file, name.range.begin, name.text},
                 table.declared[indices.at(original)].range);
  use(name.range, name.text, first);
}

void NameRecorder::use(SourceRange place, const std::string &name,
                       SourceRange declared) {
  if (place && used.emplace(place.file, place.begin).second)
    table.uses.push_back({place, indexOf(declared, name)});
}

void NameRecorder::useFormals(const ast::CallExpr &call, const Value &callee) {
  if (callee.kind != Value::Kind::Closure)
    return;
  for (const ast::Argument &argument : call.arguments)
    for (const Closure::Formal &formal : callee.closure->formals)
      if (formal.name == argument.name.text)
        use(argument.name.range, formal.name, formal.range);
}

void NameRecorder::useAxis(const ast::Identifier &axis, const Grid &grid) {
  // Grids of the script only: others have no place of their own.
  for (const DeclaredName &declared : table.declared)
    if (declared.name == grid.name && declared.range.file == grid.range.file &&
        !declared.isInner)
      return use(axis.range, axis.text, declared.range);
}

void NameRecorder::end(SourceRange declared, const std::string &name,
                       uint32_t offset) {
  if (declared)
    table.declared[indexOf(declared, name)].end = offset;
}
