//===- InterpretRuntime.cpp - runtime calls on symbols --------------------===//

#include "compiler/symbolic/Interpreter.h"

using namespace mlir;

namespace pdec::symbolic {

/// A field of one symbol a cell: an input of arbitrary data.
Lane Interpreter::readInput(int64_t input, Location loc) {
  const auto &port = interface.inputs[input];
  Lane data = newBlock();
  for (int64_t i = 0; i < port.count(setting.sizes); ++i)
    store(data, i * elementBytes,
          real(expressions.symbol(port.name + "[" + std::to_string(i) + "]",
                                  loc)));
  return data;
}

void Interpreter::writeOutput(int64_t output, const Lane &data) {
  const auto &port = interface.outputs[output];
  for (int64_t i = 0; i < port.count(setting.sizes); ++i)
    outputs[output].push_back(load(data, i * elementBytes).number);
}

/// A number, which may be known.
ExprId Interpreter::asExpression(const Lane &number, Location loc) {
  return number.kind == Lane::Real
             ? ExprId(number.number)
             : expressions.constant(double(number.number), loc);
}

/// One expression over all cells: their order is the runtime's business, and
/// the same for both forms.
Lane Interpreter::reduce(const Lane &kind, std::vector<ExprId> cells,
                         Location loc) {
  auto which = pde::Reduction(kind.number);
  return real(expressions.make("reduce " + pde::stringifyReduction(which).str(),
                               std::move(cells), false, loc));
}

/// States that lie where they are made; nothing if it is another function.
std::optional<Lane> Interpreter::callLending(StringRef name, Reversal &reversal,
                                             const std::vector<Lane> &args) {
  if (name == "start") {
    reversal.starts.push_back(args[3]);
    reversal.sources = reversal.targets = reversal.starts;
  } else if (name == "source") {
    return reversal.sources[args[2].number];
  } else if (name == "target") {
    return reversal.targets[args[2].number] = newBlock();
  } else if (name == "made") {
    reversal.sources = reversal.targets;
  } else if (name == "climb") {
    bool isMore = !reversal.hasClimbed && reversal.passes > 1;
    reversal.hasClimbed = true;
    return integer(isMore);
  } else {
    return std::nullopt;
  }
  return Lane();
}

/// A loop that is gone back through. Here each state is made again from the
/// first one: another schedule than the runtime's, for the same results.
Lane Interpreter::callReversal(StringRef name, const std::vector<Lane> &args) {
  if (name == "begin") {
    Lane handle = newBlock();
    reversals[handle.number].passes = args[1].number;
    return handle;
  }
  // Nobody follows a run step by step.
  if (name == "leads")
    return integer(1);
  Reversal &reversal = reversals[args[1].number];
  if (auto result = callLending(name, reversal, args))
    return *result;
  bool isFirst = reversal.stage == 0;
  int64_t last = reversal.passes - (reversal.hasClimbed ? 1 : 0);
  if (name == "next") {
    if (reversal.stage >= 0)
      reversal.sources = reversal.starts;
    return integer(reversal.passes > 0 && ++reversal.stage <= last);
  }
  if (name == "first")
    return integer(isFirst && reversal.hasClimbed ? last : 0);
  if (name == "passes")
    return integer(isFirst ? 0 : last - std::max<int64_t>(reversal.stage, 0));
  if (name == "back")
    return integer(!isFirst || reversal.hasClimbed);
  if (name == "keep" && isFirst)
    keepPart(reversal, args[2].number, args[3], args[4].number);
  if (name == "restore" && !isFirst)
    for (const auto &[offset, lane] : reversal.parts[args[2].number])
      store(args[3], offset, lane);
  return {};
}

/// The state of an evolution: each begins anew, and none is saved.
Lane Interpreter::callState(StringRef name) {
  if (name != "begin")
    return integer(0);
  Lane handle = newBlock();
  reversals[handle.number].stage = 0;
  return handle;
}

/// What `bytes` bytes of memory hold.
void Interpreter::keepPart(Reversal &reversal, int64_t part,
                           const Lane &address, int64_t bytes) {
  const Block &block = memory[address.number];
  auto end = block.lower_bound(address.offset + bytes);
  for (auto cell = block.lower_bound(address.offset); cell != end; ++cell)
    reversal.parts[part].push_back(
        {cell->first - address.offset, cell->second});
}

/// Which rows of an array hold the same expressions.
Lane Interpreter::rowRing(const std::vector<Lane> &args) {
  int64_t blocks = args[1].number, rows = args[2].number;
  int64_t cells = args[3].number;
  auto at = [&](int64_t row, int64_t cell) {
    return load(args[4], (row * cells + cell) * elementBytes).number;
  };
  auto repeats = [&](int64_t period) {
    for (int64_t row = 0; row < blocks * rows; ++row)
      for (int64_t cell = 0; row % rows >= period && cell < cells; ++cell)
        if (at(row, cell) != at(row - period, cell))
          return false;
    return true;
  };
  for (int64_t period = 1; period < std::min<int64_t>(rows, 3); ++period)
    if (repeats(period))
      return integer(period - 1);
  return integer(-1);
}

/// Inputs, outputs and records; nothing if it is another function.
std::optional<Lane> Interpreter::callPort(StringRef name,
                                          const std::vector<Lane> &args,
                                          Location loc) {
  if (name == "pde_read_input")
    return readInput(args[1].number, loc);
  if (name == "pde_write_output") {
    writeOutput(args[1].number, args[2]);
    return Lane();
  }
  if (name == "pde_write_number") {
    outputs[args[1].number].push_back(asExpression(args[2], loc));
    return Lane();
  }
  if (name == "pde_record_number") {
    recorded(args[1].number).push_back(asExpression(args[4], loc));
    return Lane();
  }
  if (name == "pde_record_field") {
    const auto &port = interface.records[args[1].number].port;
    for (int64_t i = 0; i < port.count(setting.sizes); ++i)
      recorded(args[1].number)
          .push_back(load(args[3], i * elementBytes).number);
    return Lane();
  }
  return std::nullopt;
}

/// Integers; nothing if it is another function.
std::optional<Lane> Interpreter::callCounting(StringRef name,
                                              const std::vector<Lane> &args) {
  if (name == "pde_whole") {
    // Like an integer parameter, a count is some number; that both forms count
    // to the same is compared.
    constexpr int64_t some = 3;
    if (args[2].kind == Lane::Integer)
      return integer(args[2].number);
    decisions.push_back(args[2].number);
    return integer(some);
  }
  // The numbers that this run counts with may lie outside.
  if (name == "pde_check_index")
    return integer(std::clamp<int64_t>(args[3].number, 0, args[2].number - 1));
  if (name == "pde_read_entry")
    return real(load(args[1], args[2].number * elementBytes).number);
  if (name == "pde_integer") {
    int64_t a = args[3].number, b = args[4].number;
    return integer(args[1].number == '+'   ? a + b
                   : args[1].number == '-' ? a - b
                                           : a * b);
  }
  return std::nullopt;
}

/// Of the `count` cells at each of some places.
Lane Interpreter::reduceCells(pde::Reduction kind, int64_t count,
                              ArrayRef<Lane> places, Location loc) {
  std::vector<ExprId> cells;
  for (const Lane &data : places)
    for (int64_t i = 0; i < count; ++i)
      cells.push_back(load(data, i * elementBytes).number);
  return reduce(integer(int64_t(kind)), std::move(cells), loc);
}

Lane Interpreter::reduceOne(const std::vector<Lane> &args, Location loc) {
  auto kind = pde::Reduction(args[1].number);
  return reduceCells(
      kind, args[2].number,
      ArrayRef(args).slice(3, kind == pde::Reduction::Dot ? 2 : 1), loc);
}

void Interpreter::formSums(const std::vector<Lane> &args, Location loc) {
  for (int64_t at = 0; at < 8 * args[1].number; at += 8) {
    std::vector<Lane> places = {load(args[3], at)};
    Lane other = load(args[4], at);
    bool isDot = other.number != 0;
    if (isDot)
      places.push_back(other);
    store(args[5], at,
          reduceCells(isDot ? pde::Reduction::Dot : pde::Reduction::Sum,
                      args[2].number, places, loc));
  }
}

/// What goes through all cells of its operands; nothing of other names.
std::optional<Lane> Interpreter::callOnCells(StringRef name,
                                             const std::vector<Lane> &args,
                                             Location loc) {
  if (name == "pde_reduce")
    return reduceOne(args, loc);
  if (name == "pde_sums")
    formSums(args, loc);
  else if (name == "pde_along")
    along(args, loc);
  else if (name == "pde_convolve")
    convolve(args, loc);
  else if (name == "pde_correlate")
    correlate(args, loc);
  else
    return std::nullopt;
  return Lane();
}

Lane Interpreter::callRuntime(StringRef name, const std::vector<Lane> &args,
                              Location loc) {
  if (std::optional<Lane> result = callPort(name, args, loc))
    return *result;
  if (std::optional<Lane> result = callCounting(name, args))
    return *result;
  if (std::optional<Lane> result = callOnCells(name, args, loc))
    return *result;
  if (name == "pde_get_real")
    return real(expressions.symbol(interface.params[args[1].number].name, loc));
  if (name == "pde_get_int")
    return integer(setting.integers[args[1].number]);
  if (name == "pde_get_size")
    return integer(setting.sizes[args[1].number * maxRank + args[2].number]);
  if (name == "pde_alloc")
    return newBlock();
  if (name == "pde_noise")
    return real(expressions.symbol("noise " + std::to_string(args[0].number) +
                                       " " + std::to_string(args[1].number),
                                   loc));
  if (name == "pde_parallel") {
    for (int64_t i = 0; i < args[1].number; ++i)
      callFunction(args[2].function,
                   {args[3], integer(i), integer(i + 1), newBlock()});
    return {};
  }
  // No result may depend on it; a few tiles say more than one.
  if (name == "pde_tile_rows")
    return integer(std::min(args[3].number, (args[1].number + 1) / 2));
  if (name == "pde_row_ring")
    return rowRing(args);
  if (name.consume_front("pde_reversal_"))
    return callReversal(name, args);
  if (name.consume_front("pde_state_"))
    return callState(name);
  if (name == "pde_note_iteration") {
    passes = args[2].number;
    for (const Lane &arg : llvm::drop_begin(args))
      decisions.push_back(asExpression(arg, loc));
    return {};
  }
  if (name == "pde_is_watched" || name == "pde_is_check_due")
    return integer(0);
  // Nothing of these reaches a value.
  if (name == "pde_set_axis" || name == "pde_free" || name == "pde_progress" ||
      name == "pde_count_work" || name == "pde_note_input" ||
      name == "pde_fail_convergence")
    return {};
  return callLayer(name, args, loc);
}

} // namespace pdec::symbolic
