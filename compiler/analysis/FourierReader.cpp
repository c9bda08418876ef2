//===- FourierReader.cpp - a pass of an iteration on frequencies ----------===//

#include "compiler/analysis/FourierReader.h"
#include "compiler/support/Coarsening.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis::fourier {

static Block &blockOf(Operation *loop) { return loop->getRegion(0).front(); }

/// What a pass hands to the next.
static ValueRange yieldsOf(Block &body) {
  if (auto until = dyn_cast<UntilOp>(body.getTerminator()))
    return until.getValues();
  return body.getTerminator()->getOperands();
}

Reader::Reader(Operation *loop, const Levels &levels, int64_t repeat,
               Space &space)
    : root(loop), levels(levels), repeat(repeat), space(space),
      carriedPeriods(periodsOf(blockOf(loop))) {
  findNeeded();
}

void Reader::obstruct(std::string text, Operation *op) {
  if (!first)
    first = Reason{std::move(text), op};
}

/// The operations of a pass that what it hands on is made of; not those that
/// only say when to stop.
void Reader::findNeeded() {
  Block &body = blockOf(root);
  ValueRange yields = yieldsOf(body);
  for (Operation &op : llvm::reverse(body.without_terminator()))
    if (llvm::any_of(op.getResults(), [&](Value result) {
          return llvm::is_contained(yields, result) ||
                 llvm::any_of(result.getUsers(), [&](Operation *user) {
                   return needed.contains(body.findAncestorOpInBlock(*user));
                 });
        }))
      needed.insert(&op);
}

//===----------------------------------------------------------------------===//
// Passes
//===----------------------------------------------------------------------===//

std::vector<Period> Reader::periodsOf(Block &body) {
  std::vector<Period> made;
  for (BlockArgument argument : body.getArguments())
    if (isa<FieldType>(argument.getType()))
      made.push_back(periodOf(argument.getType()));
  return made;
}

Reader::States Reader::yieldedBy(Block &body) {
  States made;
  for (Value yielded : yieldsOf(body))
    if (!failed() && isa<FieldType>(yielded.getType()))
      made.push_back(stateOf(of(yielded), yielded.getType()));
  return failed() ? States() : made;
}

Reader::States Reader::pass(const States &carried) {
  Block &body = blockOf(root);
  set(body.getArgument(0), draws());
  auto next = carried.begin();
  auto number = numbers.begin();
  for (BlockArgument argument : body.getArguments().drop_front())
    if (isa<FieldType>(argument.getType()))
      set(argument, *next++);
    else
      set(argument, number == numbers.end() ? draws() : *number++);
  readBlock(body);
  return yieldedBy(body);
}

std::vector<Number> Reader::initialNumbers() {
  std::vector<Number> made;
  for (OpOperand &init : cast<LoopLikeOpInterface>(root).getInitsMutable())
    if (!isa<FieldType>(init.get().getType()))
      made.push_back(numberOf(init.get()));
  return made;
}

std::vector<Number> Reader::yieldedNumbers() {
  std::vector<Number> made;
  for (Value yielded : yieldsOf(blockOf(root)))
    if (!failed() && !isa<FieldType>(yielded.getType()))
      made.push_back(numberOf(yielded));
  return made;
}

Reader::States Reader::allPasses(const States &carried) {
  auto loop = cast<StepsOp>(root);
  auto next = carried.begin();
  for (Value init : loop.getInits())
    set(init, isa<FieldType>(init.getType()) ? Quantity(*next++) : of(init));
  readLoop(loop);
  States made;
  for (Value result : loop.getResults())
    if (!failed() && isa<FieldType>(result.getType()))
      made.push_back(stateOf(of(result), result.getType()));
  return failed() ? States() : made;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// What is computed before the iteration is read when it is asked for. It is
/// no number that an iteration within makes, so none is drawn for it.
const Reader::Quantity &Reader::of(Value value) {
  auto found = values.find(value);
  if (found != values.end())
    return found->second;
  Draws before = draws;
  draws.end();
  if (Operation *op = value.getDefiningOp())
    read(*op);
  else
    set(value, unknownOf(value.getType()));
  draws = before;
  return values.try_emplace(value, unknownOf(value.getType())).first->second;
}

Number Reader::numberOf(Value value) {
  if (const auto *number = std::get_if<Number>(&of(value)))
    return *number;
  return {NAN, false};
}

Reader::Quantity Reader::unknownOf(Type type) {
  if (isa<FieldType>(type))
    return Data::ofNumber({NAN, false});
  return draws();
}

void Reader::setUnknown(Operation &op) {
  for (Value result : op.getResults())
    set(result, unknownOf(result.getType()));
}

static std::string gridNameOf(Type type) {
  return cast<FieldType>(type).getGrid().getValue().str();
}

bool Reader::isKnownGrid(Type type) const {
  return levels.strides.count(gridNameOf(type)) > 0;
}

Period Reader::periodOf(Type type) {
  auto found = levels.strides.find(gridNameOf(type));
  if (found == levels.strides.end()) {
    obstruct("a pass leads to a grid that is no coarser version of its own",
             root);
    return {};
  }
  Period made;
  for (unsigned axis = 0; axis < levels.rank; ++axis)
    made.size[axis] = repeat * levels.coarsest[axis] / found->second[axis];
  return made;
}

StateRef Reader::stateOf(const Quantity &quantity, Type type) {
  if (const auto *state = std::get_if<StateRef>(&quantity))
    return *state;
  return space.zero(periodOf(type));
}

Number Reader::paramOf(ParamOp op) {
  if (auto real = dyn_cast<FloatAttr>(op.getInitial()))
    return {real.getValueAsDouble()};
  return {double(cast<IntegerAttr>(op.getInitial()).getInt())};
}

Number Reader::sizeOf(SizeOp op) {
  auto grid = SymbolTable::lookupNearestSymbolFrom<GridOp>(
      op->getParentOfType<ModuleOp>(), op.getGridAttr());
  return sizeOf(grid, unsigned(op.getAxis()));
}

/// A coarser grid has as many cells as follow from the finer one's.
Number Reader::sizeOf(GridOp grid, unsigned axis) {
  if (!grid.getParentAttr()) {
    int64_t cells = grid.axis(axis).getSize();
    return cells > 0 ? Number{double(cells)} : Number{NAN, false};
  }
  if (int64_t single = grid.axis(axis).getSize())
    return Number{double(single)};
  auto parent = SymbolTable::lookupNearestSymbolFrom<GridOp>(
      grid->getParentOfType<ModuleOp>(), grid.getParentAttr());
  Number finer = sizeOf(parent, axis);
  if (!finer.isKnown)
    return finer;
  int64_t cells =
      coarserSize(grid.axis(axis).getCoarsening(), int64_t(finer.value));
  return cells > 0 ? Number{double(cells)} : Number{NAN, false};
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

void Reader::readBlock(Block &block) {
  bool isRoot = block.getParentOp() == root;
  for (Operation &op : block.without_terminator()) {
    if (isRoot && !needed.contains(&op))
      continue;
    if (--budget < 0)
      obstruct("a pass is too long to follow", root);
    if (failed())
      return;
    read(op);
  }
}

void Reader::read(Operation &op) {
  if (isa<StencilOp>(op))
    return;
  if (isa<ApplyOp, AdjointOp, RestrictOp, ProlongOp>(op))
    return readApplication(op);
  if (auto map = dyn_cast<MapOp>(op))
    return readMap(map);
  if (auto loop = dyn_cast<StepsOp>(op))
    return readLoop(loop);
  if (auto fixpoint = dyn_cast<FixpointOp>(op))
    return readFixpoint(fixpoint);
  if (auto reduction = dyn_cast<ReduceOp>(op))
    return readReduction(reduction);
  if (auto param = dyn_cast<ParamOp>(op))
    return set(param.getValue(), paramOf(param));
  if (auto size = dyn_cast<SizeOp>(op))
    return set(size.getSize(), sizeOf(size));
  if (auto place = dyn_cast<CoordinateOp>(op))
    return set(place.getField(),
               Data::ofCoordinate(unsigned(place.getAxis()),
                                  numberOf(place.getFirst()),
                                  numberOf(place.getSpacing())));
  bool isScalar = op.getNumResults() == 1 && op.getNumRegions() == 0 &&
                  !isa<FieldType>(op.getResult(0).getType()) &&
                  !isa<EntryOp>(op);
  if (!isScalar)
    return setUnknown(op);
  SmallVector<Number> args;
  for (Value operand : op.getOperands())
    args.push_back(numberOf(operand));
  set(op.getResult(0), valueOf(op, args, draws));
}

static StencilOp stencilOf(Operation &op) {
  return op.getOperand(0).getDefiningOp<StencilOp>();
}

static Taps::Kind kindOf(Operation &op) {
  if (isa<ApplyOp>(op))
    return Taps::Apply;
  if (isa<AdjointOp>(op))
    return Taps::Adjoint;
  return isa<RestrictOp>(op) ? Taps::Restrict : Taps::Prolong;
}

Taps Reader::tapsOf(Operation &op) {
  StencilOp stencil = stencilOf(op);
  Taps made;
  made.kind = kindOf(op);
  Number scale{1};
  if (Value given = stencil.getScale())
    scale = numberOf(given);
  unsigned rank = cast<StencilType>(stencil.getType()).getRank();
  for (auto [tap, weight] : llvm::enumerate(stencil.getWeights())) {
    Cell offset = {0, 0, 0};
    for (unsigned axis = 0; axis < rank; ++axis)
      offset[axis] = stencil.offset(unsigned(tap), axis);
    made.offsets.push_back(offset);
    Number number = numberOf(weight);
    made.weights.push_back({number.value * scale.value,
                            number.isKnown && scale.isKnown,
                            number.isOfIterate || scale.isOfIterate});
  }
  if (made.kind == Taps::Apply || made.kind == Taps::Adjoint)
    return made;
  Type coarser = made.kind == Taps::Restrict ? op.getResult(0).getType()
                                             : op.getOperand(1).getType();
  GridOp grid = gridOf(&op, cast<FieldType>(coarser));
  for (unsigned axis = 0; axis < rank; ++axis)
    if (grid.axis(axis).getCoarsening() != Coarsening::Same)
      made.stride[axis] = 2;
  return made;
}

void Reader::readApplication(Operation &op) {
  Value argument = op.getOperand(1), result = op.getResult(0);
  Quantity read = of(argument);
  Taps taps = tapsOf(op);
  if (const auto *state = std::get_if<StateRef>(&read)) {
    bool areKnown = llvm::all_of(taps.weights, [](const Number &weight) {
      return weight.isKnown && weight.isUsable() && !weight.isOfIterate;
    });
    if (!areKnown)
      return obstruct("the weights of an operator depend on data, or on a size "
                      "that the script leaves open",
                      &op);
    Period from = periodOf(argument.getType()), to = periodOf(result.getType());
    if (!failed())
      set(result, space.apply(taps, from, to, **state));
    return;
  }
  const auto *data = std::get_if<DataRef>(&read);
  if (!data)
    return setUnknown(op);
  Key key = {*data};
  key.insert(key.end(), taps.weights.begin(), taps.weights.end());
  Made &known = madeOf(&op, std::move(key));
  if (!known.data)
    known.data = Data::ofTaps(std::move(taps), *data);
  set(result, known.data);
}

/// What was made of an operation that reads the same, or an empty place for it.
Reader::Made &Reader::madeOf(Operation *op, Key key) {
  // The same number in all cells is the same field.
  for (auto &part : key)
    if (auto *data = std::get_if<DataRef>(&part))
      if (*data && (*data)->constant())
        part = *(*data)->constant();
  std::vector<Made> &known = made[op];
  for (Made &other : known)
    if (other.key == key)
      return other;
  // In long loops it may be another one in each pass.
  static constexpr size_t most = 64;
  if (known.size() == most)
    known.clear();
  known.push_back({std::move(key), nullptr, nullptr});
  return known.back();
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

void Reader::readReduction(ReduceOp op) {
  SmallVector<Quantity> args;
  for (Value field : op.getFields())
    args.push_back(of(field));
  bool isOfState = llvm::any_of(args, [](const Quantity &arg) {
    return std::holds_alternative<StateRef>(arg);
  });
  if (isOfState)
    return set(op.getResult(), op.getKind() == Reduction::Sum
                                   ? Number{0, true, true}
                                   : draws());
  if (llvm::any_of(args, [](const Quantity &arg) {
        const auto *data = std::get_if<DataRef>(&arg);
        return data && (*data)->constant() && (*data)->constant()->is(0);
      }))
    return set(op.getResult(), Number{0});
  const auto *data = std::get_if<DataRef>(&args[0]);
  bool isExtremum =
      op.getKind() != Reduction::Sum && op.getKind() != Reduction::Dot;
  Type type = op.getFields()[0].getType();
  if (!data || !isExtremum || !isKnownGrid(type))
    return set(op.getResult(), draws());
  set(op.getResult(), extremumOf(*data, op));
}

/// Of data that repeat, the extremum of a period.
Number Reader::extremumOf(const DataRef &data, ReduceOp op) {
  Period period = periodOf(op.getFields()[0].getType());
  const Factors &sampled = sample(data, period);
  if (faultOf(sampled, period.numCells()))
    return draws();
  double most = -INFINITY, least = INFINITY, magnitude = 0;
  for (const Number &number : sampled) {
    most = std::max(most, number.value);
    least = std::min(least, number.value);
    magnitude = std::max(magnitude, std::abs(number.value));
  }
  return {op.getKind() == Reduction::Max   ? most
          : op.getKind() == Reduction::Min ? least
                                           : magnitude};
}

} // namespace pdec::analysis::fourier
