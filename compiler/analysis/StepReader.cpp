//===- StepReader.cpp - what a step makes of its levels -------------------===//

#include "compiler/analysis/StepReader.h"

#include "compiler/analysis/RateSignature.h"

#include "compiler/analysis/Entries.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

/// Whether numbers that a step carries are made of fields in it, as a step that
/// fits itself is; a time is not.
static bool areMadeOfFields(Block &body) {
  SmallVector<Value> left;
  for (Value value : body.getTerminator()->getOperands())
    if (!isa<FieldType>(value.getType()))
      left.push_back(value);
  llvm::DenseSet<Operation *> seen;
  while (!left.empty()) {
    Value value = left.pop_back_val();
    if (isa<FieldType>(value.getType()))
      return true;
    Operation *op = value.getDefiningOp();
    if (!op || !body.findAncestorOpInBlock(*op) || !seen.insert(op).second)
      continue;
    op->walk([&](Operation *inner) {
      llvm::append_range(left, inner->getOperands());
    });
  }
  return false;
}

StepReader::StepReader(StepsOp steps, Settings given)
    : settings(std::move(given)) {
  Block &body = steps.getBody().front();
  bool isState = areMadeOfFields(body);
  set(body.getArgument(0), unknown(nullptr, /*isState=*/false));
  for (auto [i, argument] : llvm::enumerate(body.getArguments().drop_front())) {
    if (isa<FieldType>(argument.getType())) {
      set(argument, carry(i));
    } else {
      set(argument, unknown(nullptr, isState));
      numbers += isState;
    }
  }
  readBody(body);
}

StepReader::StepReader(RateOp rate, Settings given)
    : settings(std::move(given)) {
  Block &body = rate.getBody().front();
  for (auto [i, argument] : llvm::enumerate(body.getArguments()))
    set(argument, carry(i));
  readBody(body);
}

/// The next level, which is the carried value of this number.
ExpressionRef StepReader::carry(unsigned index) {
  Atom level;
  level.kind = Atom::Carried;
  level.index = carried.size();
  carried.push_back(index);
  return newAtom(std::move(level), /*isState=*/true);
}

void StepReader::readBody(Block &body) {
  readBlock(body);
  if (budget < 0)
    return;
  for (unsigned place : carried)
    next.push_back(of(body.getTerminator()->getOperand(place)));
}

Box StepReader::box() const {
  Box box;
  for (const Atom &atom : atoms)
    box.push_back(atom.range);
  return box;
}

ExpressionRef StepReader::newAtom(Atom atom, bool isState) {
  atoms.push_back(std::move(atom));
  return expressions.atom(isState);
}

ExpressionRef StepReader::unknown(Operation *op, bool isState) {
  Atom atom;
  atom.kind = isState ? Atom::Opaque : Atom::Data;
  atom.op = op;
  return newAtom(std::move(atom), isState);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

ExpressionRef StepReader::of(Value value) {
  if (ExpressionRef known = values.lookup(value))
    return known;
  ExpressionRef made = ofOutside(value);
  set(value, made);
  return made;
}

/// A number of the program of which no more than a range is known.
ExpressionRef StepReader::kept(Value number, const Interval &range) {
  Atom atom;
  atom.kind = Atom::Number;
  atom.op = number.getDefiningOp();
  atom.number = number;
  atom.range = range;
  return newAtom(std::move(atom), /*isState=*/false);
}

/// Of a parameter, or of an array's entries.
template <typename Op> static Interval legalRange(Op op) {
  auto end = [](std::optional<APFloat> bound, double none) {
    return bound ? bound->convertToDouble() : none;
  };
  return {end(op.getLow(), -INFINITY), end(op.getHigh(), INFINITY)};
}

double initialOf(ParamOp param) {
  if (auto real = dyn_cast<FloatAttr>(param.getInitial()))
    return real.getValueAsDouble();
  return double(cast<IntegerAttr>(param.getInitial()).getInt());
}

/// What a parameter can be that is kept.
Interval StepReader::keptRange(ParamOp param) {
  Interval range = legalRange(param);
  double initial = initialOf(param);
  bool hasSign = range.isNonNegative() || range.isNonPositive();
  if (!settings.keepsSigns || hasSign || initial == 0)
    return range;
  ofKeptSign.push_back(param);
  return initial > 0 ? Interval(0, range.high()) : Interval(range.low(), 0);
}

ExpressionRef StepReader::ofParam(ParamOp param) {
  if (settings.keepsNumbers)
    return kept(param, keptRange(param));
  params.push_back(param);
  return expressions.constant(initialOf(param),
                              Dependence::onParam(params.size() - 1));
}

std::optional<unsigned> StepReader::numberOf(ParamOp param) const {
  auto found = llvm::find(params, param);
  if (found == params.end())
    return std::nullopt;
  return found - params.begin();
}

/// The entry, if its indices and those of its array are known.
static std::optional<double> valueOf(EntryOp op,
                                     ArrayRef<ExpressionRef> indices) {
  SmallVector<int64_t> known;
  for (ExpressionRef index : indices) {
    if (!index->isConstant() || !index->constant.isPoint())
      return std::nullopt;
    known.push_back(int64_t(index->constant.low()));
  }
  return knownEntry(op, known);
}

/// A number, if the array's entries are known; else one of which its array says
/// a range. Null, if it depends on what is not known before the steps.
ExpressionRef StepReader::ofEntry(EntryOp op) {
  auto array = op.getArray().getDefiningOp<InputOp>();
  if (!array)
    return nullptr;
  Atom entry;
  std::string key = "E" + std::to_string(uintptr_t(array.getOperation()));
  for (Value index : op.getIndices()) {
    entry.indices.push_back(of(index));
    key += ',' + std::to_string(entry.indices.back()->id);
  }
  if (!settings.keepsNumbers)
    if (auto known = valueOf(op, entry.indices))
      return expressions.constant(*known);
  auto isNumber = [&](ExpressionRef index) {
    return index->isConstant() || (index->kind == ExpressionKind::Atom &&
                                   atoms[index->atom].kind == Atom::Number);
  };
  if (!settings.keepsNumbers || !llvm::all_of(entry.indices, isNumber))
    return nullptr;
  entry.kind = Atom::Number;
  entry.op = op;
  entry.array = op.getArray();
  entry.range = legalRange(array);
  auto [found, isNew] = applications.try_emplace(key);
  if (isNew)
    found->second = newAtom(std::move(entry), /*isState=*/false);
  return found->second;
}

/// A parameter or a size, or another number that is computed before the steps.
ExpressionRef StepReader::ofNumber(Value value) {
  Operation *op = value.getDefiningOp();
  auto unknownNumber = [&] {
    return settings.keepsNumbers ? kept(value, Interval::whole())
                                 : unknown(op, /*isState=*/false);
  };
  if (auto param = dyn_cast_if_present<ParamOp>(op))
    return ofParam(param);
  if (auto size = dyn_cast_if_present<SizeOp>(op)) {
    if (settings.keepsNumbers)
      return kept(value, Interval(1, INFINITY));
    auto grid = SymbolTable::lookupNearestSymbolFrom<GridOp>(
        op->getParentOfType<ModuleOp>(), size.getGridAttr());
    int64_t cells = grid.axis(size.getAxis()).getSize();
    return cells > 0 ? expressions.constant(double(cells)) : unknownNumber();
  }
  if (auto entry = dyn_cast_if_present<EntryOp>(op)) {
    if (ExpressionRef made = ofEntry(entry))
      return made;
    anEntry = entry;
  }
  auto bounds = op ? op->getAttrOfType<StringAttr>(boundsName) : StringAttr();
  if (bounds && settings.keepsNumbers) {
    ExpressionRef made = kept(value, Interval(0, INFINITY));
    atoms[made->atom].bounds = bounds.str();
    return made;
  }
  if (!op || op->getNumRegions() || isa<ReduceOp, EntryOp>(op))
    return unknownNumber();
  SmallVector<ExpressionRef> args;
  for (Value operand : op->getOperands())
    args.push_back(of(operand));
  ExpressionRef made = expressions.of(*op, args);
  return made ? made : unknownNumber();
}

/// What is computed before the steps: data, if it is a field.
ExpressionRef StepReader::ofOutside(Value value) {
  if (!isa<FieldType>(value.getType()))
    return ofNumber(value);
  Operation *op = value.getDefiningOp();
  bool isRead = isa_and_nonnull<MapOp, ApplyOp, AdjointOp>(op) ||
                (settings.keepsNumbers && isa_and_nonnull<ConvolveOp>(op));
  if (isa_and_nonnull<CoordinateOp, NoiseOp, InputOp>(op))
    readData(*op);
  // What is made of fields before may be bounded, whatever these are.
  else if (isRead && --budget >= 0)
    read(*op);
  else
    return unknown(op, /*isState=*/false);
  return values.lookup(value);
}

void StepReader::readData(Operation &op) {
  // However often a script says 'x', it is one field.
  ExpressionRef *place = nullptr;
  if (auto coordinate = dyn_cast<CoordinateOp>(op)) {
    const void *type = coordinate.getField().getType().getAsOpaquePointer();
    place = &applications["X" + std::to_string(uintptr_t(type)) + ',' +
                          std::to_string(coordinate.getAxis()) + ',' +
                          std::to_string(of(coordinate.getFirst())->id) + ',' +
                          std::to_string(of(coordinate.getSpacing())->id)];
    if (*place)
      return set(op.getResult(0), *place);
  }
  Atom atom;
  atom.kind = Atom::Data;
  atom.op = &op;
  atom.range = rangeOfData(op);
  ExpressionRef made = newAtom(std::move(atom), /*isState=*/false);
  if (place)
    *place = made;
  set(op.getResult(0), made);
}

Interval StepReader::rangeOfData(Operation &op) {
  if (isa<NoiseOp>(op))
    return {-1, 1};
  if (isa<InputOp>(op))
    return requiredOf(op.getResult(0));
  auto coordinate = cast<CoordinateOp>(op);
  FieldType type = coordinate.getField().getType();
  unsigned axis = coordinate.getAxis();
  int64_t size = gridOf(&op, type).axis(axis).getSize();
  std::string unknowns;
  Interval first = numberOf(coordinate.getFirst(), unknowns);
  Interval spacing = numberOf(coordinate.getSpacing(), unknowns);
  if (!unknowns.empty() || size <= 0)
    return extentOf(coordinate);
  auto at = [&](int64_t cell) {
    return first + spacing * Interval(double(cell));
  };
  // Beyond what is rounded.
  return hull(at(-type.lowRows(axis) - 1), at(size + type.highRows(axis)));
}

/// On N cells at a + h*(i + b), where h = c/(N + k): between a and a + c, if
/// the outermost are, however many there are.
Interval StepReader::extentOf(CoordinateOp coordinate) {
  ExpressionRef spacing = of(coordinate.getSpacing());
  bool isPart =
      spacing->kind == ExpressionKind::Div && spacing->args[0]->isConstant();
  if (!settings.keepsNumbers || !isPart ||
      !spacing->args[0]->constant.isNonNegative())
    return Interval::whole();
  FieldType type = coordinate.getField().getType();
  unsigned axis = coordinate.getAxis();
  auto isSize = [&](ExpressionRef number) {
    auto size = number->kind == ExpressionKind::Atom
                    ? dyn_cast_if_present<SizeOp>(atoms[number->atom].op)
                    : SizeOp();
    return size && size.getAxis() == axis &&
           size.getGridAttr() == type.getGrid();
  };
  Numbers numbers(*this);
  ExpressionRef one = expressions.constant(1);
  Interval a, b, k, cells;
  for (const auto &[base, multiple] : numbers.combinationOf(spacing->args[1]))
    if (base == one || isSize(base))
      (base == one ? k : cells) += multiple;
  Factors ofSpacing = Factors::of(*this, spacing);
  for (const auto &[base, multiple] :
       numbers.combinationOf(of(coordinate.getFirst()))) {
    Factors own = Factors::of(*this, base);
    if (base == one)
      a += multiple;
    else if (own.above == ofSpacing.above && own.below == ofSpacing.below)
      b += multiple * own.known / ofSpacing.known;
    else
      return Interval::whole();
  }
  Interval before = b - Interval(type.lowRows(axis));
  Interval behind = k + Interval(1) - b - Interval(type.highRows(axis));
  if (!cells.isCertainly(1) || !before.isNonNegative() ||
      !behind.isNonNegative())
    return Interval::whole();
  Interval extent = hull(a, a + spacing->args[0]->constant);
  // Beyond what is rounded.
  double rounded = 0x1p-45 * abs(extent).high();
  return extent + Interval(-rounded, rounded);
}

/// A comparison of the least or the largest of a field with a number: what it
/// says of the field.
static Interval boundOf(arith::CmpFOp op, Value field,
                        llvm::function_ref<Interval(Value)> number) {
  for (bool isLeft : {true, false}) {
    auto reduced =
        (isLeft ? op.getLhs() : op.getRhs()).getDefiningOp<ReduceOp>();
    if (!reduced || reduced.getFields().front() != field)
      continue;
    arith::CmpFPredicate predicate = op.getPredicate();
    bool isLess = predicate == arith::CmpFPredicate::OLE ||
                  predicate == arith::CmpFPredicate::OLT;
    bool isMore = predicate == arith::CmpFPredicate::OGE ||
                  predicate == arith::CmpFPredicate::OGT;
    if (!isLess && !isMore)
      continue;
    bool isAbove = isLess == isLeft; // the number
    Interval other = number(isLeft ? op.getRhs() : op.getLhs());
    if (reduced.getKind() == Reduction::Max && isAbove)
      return {-INFINITY, other.high()};
    if (reduced.getKind() == Reduction::Min && !isAbove)
      return {other.low(), INFINITY};
    if (reduced.getKind() == Reduction::MaxAbs && isAbove)
      return {-other.high(), other.high()};
  }
  return Interval::whole();
}

/// What a field must be for a run to hand over anything: 'require'.
Interval StepReader::requiredOf(Value field) {
  Interval range = Interval::whole();
  auto program = field.getDefiningOp()->getParentOfType<ProgramOp>();
  auto number = [&](Value value) {
    std::string unknowns;
    return numberOf(value, unknowns);
  };
  for (auto required : program.getBody().front().getOps<FixpointOp>()) {
    if (required.getWhat() != "requirement")
      continue;
    auto until = cast<UntilOp>(required.getBody().front().getTerminator());
    SmallVector<Value> all{until.getDone()};
    while (!all.empty()) {
      Value condition = all.pop_back_val();
      if (auto both = condition.getDefiningOp<arith::AndIOp>())
        all.append({both.getLhs(), both.getRhs()});
      else if (auto compared = condition.getDefiningOp<arith::CmpFOp>())
        range = intersection(range, boundOf(compared, field, number));
    }
  }
  return range;
}

/// The value of a number; where none is known, `unknowns` tells which one it
/// is.
Interval StepReader::numberOf(Value value, std::string &unknowns) {
  ExpressionRef expression = of(value);
  if (expression->isConstant())
    return expression->constant;
  unknowns += '?' + std::to_string(expression->id);
  return Interval::whole();
}

/// A stencil is its scale times what all of its weights have in common.
Dependence StepReader::dependenceOf(StencilOp stencil) {
  std::optional<Dependence> all;
  for (Value value : stencil.getWeights()) {
    ExpressionRef weight = of(value);
    bool isNone = weight->isConstant() && weight->constant.isZero() &&
                  weight->dependence.isNone();
    if (!isNone)
      all = all ? ofSum(*all, weight->dependence) : weight->dependence;
  }
  Dependence made = all.value_or(Dependence());
  return stencil.getScale() ? made * of(stencil.getScale())->dependence : made;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

bool StepReader::dependsOnState(Operation &op) {
  bool depends = false;
  op.walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (ExpressionRef known = values.lookup(operand))
        depends |= known->dependsOnState();
  });
  return depends;
}

/// Results of which nothing is known but whether the levels are in them.
void StepReader::setOpaque(Operation &op) {
  bool isState = dependsOnState(op);
  for (Value result : op.getResults())
    set(result, unknown(&op, isState));
}

void StepReader::readBlock(Block &block) {
  for (Operation &op : block.without_terminator()) {
    if (--budget < 0)
      return;
    read(op);
  }
}

void StepReader::read(Operation &op) {
  if (isa<StencilOp>(op))
    return;
  if (isa<ApplyOp, AdjointOp>(op))
    return readApplication(op);
  if (auto sums = dyn_cast<ConvolveOp>(op))
    return readSums(sums);
  if (auto map = dyn_cast<MapOp>(op))
    return readMap(map);
  if (auto loop = dyn_cast<StepsOp>(op))
    return readLoop(loop);
  if (auto fixpoint = dyn_cast<FixpointOp>(op))
    return readFixpoint(fixpoint);
  bool isScalar =
      op.getNumResults() == 1 && !isa<FieldType>(op.getResult(0).getType());
  if (isScalar && !isa<ReduceOp, EntryOp>(op) && op.getNumRegions() == 0) {
    if (isa<SizeOp>(op) || op.hasAttr(boundsName))
      return set(op.getResult(0), ofOutside(op.getResult(0)));
    SmallVector<ExpressionRef> args;
    for (Value operand : op.getOperands())
      args.push_back(of(operand));
    if (ExpressionRef made = expressions.of(op, args))
      return set(op.getResult(0), made);
  }
  if (auto entry = dyn_cast<EntryOp>(op)) {
    if (ExpressionRef made = ofEntry(entry))
      return set(op.getResult(0), made);
    anEntry = entry;
  }
  setOpaque(op);
}

/// Whether a side has a value that is not known to be zero; which values there
/// are is added to the key.
bool StepReader::readValues(ApplyOp op, std::string &key, bool &dependOnState) {
  bool isAny = false;
  GridOp grid = gridOf(op, op.getField().getType());
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    for (bool high : {false, true}) {
      Value value = operandsOf(op, axis, high).value;
      if (!value)
        continue;
      ExpressionRef expression = of(value);
      bool isZero = expression->isConstant() && expression->constant.isZero();
      if (isZero)
        expressions.assume(expression->dependence);
      isAny |= !isZero;
      dependOnState |= expression->dependsOnState();
      key += isZero ? "v0" : 'v' + std::to_string(expression->id);
    }
  return isAny;
}

void StepReader::readApplication(Operation &op) {
  ExpressionRef argument = of(op.getOperand(1));
  Atom made;
  made.op = &op;
  made.argument = argument;
  std::string unknowns;
  made.linear = Operator::of(
      &op,
      [&](Value scalar, bool isOfSide) {
        if (isOfSide)
          expressions.assume(of(scalar)->dependence);
        return numberOf(scalar, unknowns);
      },
      [&](GridOp grid, unsigned axis) -> std::optional<int64_t> {
        int64_t size = grid.axis(axis).getSize();
        // The size of a coarser grid follows from others.
        if (size <= 0 || grid.getParentAttr() || settings.keepsNumbers)
          return std::nullopt;
        return size;
      });
  made.linear->numbers = std::move(unknowns);
  StencilOp stencil = cast<SidedOpInterface>(op).getOperator();
  made.dependence = dependenceOf(stencil);
  if (stencil.getScale())
    made.scale = of(stencil.getScale());
  for (Value weight : stencil.getWeights())
    made.weights.push_back(of(weight));
  auto apply = dyn_cast<ApplyOp>(op);
  std::string key = (apply ? "K" : "T") + std::to_string(argument->id);
  bool valuesDepend = false;
  made.hasValues = apply && readValues(apply, key, valuesDepend);
  bool isState = argument->dependsOnState() || valuesDepend;
  made.kind = !isState       ? Atom::Data
              : valuesDepend ? Atom::Opaque
              : apply        ? Atom::Applied
                             : Atom::Adjoined;
  key += made.linear->key();
  auto [place, isNew] = applications.try_emplace(key);
  if (isNew)
    place->second = newAtom(std::move(made), isState);
  set(op.getResult(0), place->second);
}

/// Each field of what an array of weights makes of a list is a sum that only
/// this operator knows.
void StepReader::readSums(ConvolveOp op) {
  Atom made;
  made.op = op;
  made.block = std::to_string(uintptr_t(op.getWeights().getAsOpaquePointer()));
  auto add = [&](int64_t number) {
    made.block += ',' + std::to_string(number);
  };
  for (Value index : op.getIndices()) {
    made.indices.push_back(of(index));
    add(made.indices.back()->id);
  }
  for (int64_t extent : op.getExtents())
    add(extent);
  for (int64_t first : op.getFirst())
    add(first);
  std::string key = (op.getTransposed() ? "B" : "C") + made.block + ':';
  bool isState = false;
  for (Value field : op.getFields()) {
    made.arguments.push_back(of(field));
    isState |= made.arguments.back()->dependsOnState();
    key += ',' + std::to_string(made.arguments.back()->id);
  }
  made.kind = isState ? Atom::Summed : Atom::Data;
  for (auto [i, result] : llvm::enumerate(op.getResults())) {
    made.index = i;
    auto [place, isNew] =
        applications.try_emplace(key + '#' + std::to_string(i));
    if (isNew)
      place->second = newAtom(made, isState);
    set(result, place->second);
  }
}

void StepReader::readMap(MapOp op) {
  Block &body = op.getBody().front();
  for (auto [argument, field] : llvm::zip(body.getArguments(), op.getFields()))
    set(argument, of(field));
  for (Operation &inner : body.without_terminator()) {
    SmallVector<ExpressionRef> args;
    for (Value operand : inner.getOperands())
      args.push_back(of(operand));
    ExpressionRef made = expressions.of(inner, args);
    if (!made)
      return setOpaque(*op.getOperation());
    origins.try_emplace(made, &inner);
    set(inner.getResult(0), made);
  }
  set(op.getResult(), of(body.getTerminator()->getOperand(0)));
}

void StepReader::readLoop(StepsOp op) {
  ExpressionRef known = of(op.getCount());
  if (!known->isConstant() || !known->constant.isPoint() ||
      known->constant.high() > budget)
    return setOpaque(*op.getOperation());
  expressions.assume(known->dependence);
  const Interval &count = known->constant;
  Block &body = op.getBody().front();
  SmallVector<ExpressionRef> level;
  for (Value init : op.getInits())
    level.push_back(of(init));
  for (int64_t pass = 0; pass < int64_t(count.high()) && budget >= 0; ++pass) {
    set(body.getArgument(0), expressions.constant(double(pass)));
    for (auto [argument, value] :
         llvm::zip(body.getArguments().drop_front(), level))
      set(argument, value);
    readBlock(body);
    if (budget < 0)
      return;
    for (auto [value, yielded] :
         llvm::zip(level, body.getTerminator()->getOperands()))
      value = of(yielded);
  }
  for (auto [result, value] : llvm::zip(op.getResults(), level))
    set(result, value);
}

/// An iteration that carries one field: its result, if it converges, is what a
/// pass leaves as it is.
void StepReader::readFixpoint(FixpointOp op) {
  Block &body = op.getBody().front();
  // Passes that may end before the iteration has converged make anything.
  bool converges = !op.getAccept() && op.getMeasure() != "condition";
  if (!converges || op.getNumResults() != 1 ||
      !isa<FieldType>(op.getResult(0).getType()))
    return setOpaque(*op.getOperation());
  Atom solution;
  solution.kind = Atom::Solution;
  solution.op = op;
  ExpressionRef made = newAtom(solution, /*isState=*/true);
  unsigned number = made->atom;
  set(body.getArgument(0), unknown(nullptr, /*isState=*/false));
  set(body.getArgument(1), made);
  readBlock(body);
  if (budget < 0)
    return;
  atoms[number].argument =
      of(cast<UntilOp>(body.getTerminator()).getValues().front());
  set(op.getResult(0), made);
}

} // namespace pdec::analysis
