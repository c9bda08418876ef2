//===- pde_runtime.h - the interface between generated code and runtime ---===//
//
// The one C header that code made by pdec calls, in either form, and the one
// by which a host program calls that code. Units: sizes and indices count
// cells, bytes are bytes, times are seconds. Arrays are dense, row-major, the
// first axis slowest.
//
// Errors. A generated program never checks a status: a runtime function that
// fails records one sentence and unwinds to pde_execute, which frees all that
// the run allocated. Functions marked [worker] may be called from inside a
// parallel body; all others from the thread that runs the program only.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_H
#define PDE_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

//===----------------------------------------------------------------------===//
// What a compiled program says of itself
//===----------------------------------------------------------------------===//

enum { PDE_MAX_RANK = 3 };

/// Element type of every field of a program.
enum pde_type { PDE_F64 = 0, PDE_F32 = 1 };

enum pde_param_kind { PDE_REAL = 0, PDE_INT = 1 };

/// The value of a parameter; the member that its kind names is meaningful.
typedef union pde_value {
  double real;
  int64_t integer;
} pde_value;

/// A run-time parameter with its legal interval. Infinite bounds mean none.
typedef struct pde_param {
  const char *name;
  int32_t kind; ///< pde_param_kind
  int32_t low_open, high_open;
  pde_value initial;
  double low, high;
  /// Nothing depends on it but how many steps evolutions make.
  int32_t counts_steps;
} pde_param;

/// How an axis of a grid follows from its parent's axis of N cells.
enum pde_coarsening {
  PDE_VERTEX = 0, ///< (N-1)/2 cells, N odd
  PDE_CELL = 1,   ///< N/2 cells, N even
  PDE_SAME = 2    ///< N cells
};

/// A grid whose sizes come from the inputs, or else are `size`. A grid with a
/// parent is derived: the runtime computes its sizes from the parent's, and no
/// option, summary or help text names it. It follows its parent in the list.
typedef struct pde_grid {
  const char *name;
  int32_t rank;
  const char *axis[PDE_MAX_RANK];
  int64_t size[PDE_MAX_RANK];     ///< default; 0: the script gives none
  int64_t min_size[PDE_MAX_RANK]; ///< smallest legal size, at least 1
  int32_t parent; ///< the grid that this one is a coarser version of, or -1
  int32_t coarsening[PDE_MAX_RANK]; ///< pde_coarsening, where there is a parent
  /// Of a parameter array: its cells are the entries, the last index fastest,
  /// and no option sets its size. 0: a grid.
  int32_t num_extents;
  const int64_t *extents;
} pde_grid;

/// Legal values. Infinite bounds mean none.
typedef struct pde_interval {
  int32_t low_open, high_open;
  double low, high;
} pde_interval;

/// An input or output field. It may go on beyond the cells of its grid: it has
/// low[a] + size[a] + high[a] elements along axis a. An output may be a number,
/// a double whatever the program's type.
typedef struct pde_port {
  const char *name;
  int32_t grid;        ///< index into pde_program::grids; -1: a number
  int32_t has_default; ///< inputs: generated code can fill it itself
  int32_t low[PDE_MAX_RANK], high[PDE_MAX_RANK]; ///< rows beyond sides
  pde_interval entries; ///< inputs that are parameter arrays
} pde_port;

/// A loop that ends when a measure falls below a bound, or a condition holds.
typedef struct pde_loop {
  const char *what; ///< the carried name, as in the script
  /// "change", "residual", "value" or "condition"; "evolution": its passes are
  /// time steps
  const char *measure;
  int32_t line; ///< of the script
} pde_loop;

/// A field that an evolution carries, and what is proved of it.
typedef struct pde_evolved {
  pde_port field;      ///< named as the output that it ends as, or ""
  int32_t line, level; ///< of the evolution; its place in what that carries
  int32_t keeps_norm;  ///< its Euclidean norm is proved never to grow
  /// The parameter that its steps are proportional to, or -1, and up to which
  /// value the proof holds, all else as in the script.
  int32_t step_param;
  double step_limit;
} pde_evolved;

/// What an evolution notes down as it goes on: a field again and again, or
/// `columns` numbers (doubles), whose port has no grid.
typedef struct pde_record {
  pde_port port;
  int32_t columns; ///< 0: a field
} pde_record;

/// Where a program comes from, for reports. Each text may be empty.
typedef struct pde_origin {
  const char *script;   ///< what it was compiled from, whole
  const char *sha256;   ///< of that, in hexadecimal digits
  const char *compiler; ///< name and version
  const char *options;  ///< of the compiler, as on its command line
  const char *network;  ///< as Graphviz text
} pde_origin;

typedef struct pde_context pde_context;

/// Everything that the runtime knows of a compiled script.
typedef struct pde_program {
  const char *name;   ///< the script's name, a C identifier
  const char *source; ///< the script's file name, for messages
  const char *form;   ///< "kernel" or "network"
  int32_t type;       ///< pde_type
  int32_t num_grids, num_params, num_inputs, num_outputs, num_loops;
  const pde_grid *grids;
  const pde_param *params;
  const pde_port *inputs;
  const pde_port *outputs;
  const pde_loop *loops;
  void (*run)(pde_context *);
  /// What is proved of the program with its initial parameters, as `pdec check`
  /// prints it; null or empty if it has no evolution.
  const char *certificate;
  int32_t num_evolved;
  const pde_evolved *evolved;
  int32_t num_records;
  const pde_record *records;
  pde_origin origin;
  /// Equal for programs of which one may resume what the other has saved, in
  /// either form: a checksum of what they compute.
  const char *identity;
} pde_program;

//===----------------------------------------------------------------------===//
// Running a program
//===----------------------------------------------------------------------===//

/// The command line of a compiled program (docs/running.md): returns the exit
/// code, 0 done, 1 the user's mistake or a failed run, 2 wrong usage.
int pde_main(const pde_program *program, int argc, char **argv);

/// Of everything below that a host sees; grows when it changes.
#define PDE_ABI_VERSION 5

/// How far a run is: after a time step, or after a pass of a loop that ends by
/// a condition. While one takes long, the last moment comes again and again,
/// at first one of no steps.
typedef struct pde_moment {
  int32_t loop;          ///< index into pde_program::loops; -1: time steps
  int64_t done;          ///< steps or passes
  int64_t total;         ///< steps; 0 for passes
  double measure, bound; ///< of a pass: it goes on until measure < bound
} pde_moment;

/// Called by the thread that made the call; not 0 ends the run.
typedef int (*pde_monitor)(void *closure, const pde_moment *moment);

/// Called by that thread, too: after `step` steps, `data` is a field or the
/// numbers of record `record`, to be read before it returns.
typedef void (*pde_recorder)(void *closure, int32_t record, int64_t step,
                             const void *data);

/// Called by that thread, too: the state of the run after a step, `size` bytes
/// to be copied or written before it returns.
typedef void (*pde_saver)(void *closure, const void *state, size_t size);

/// The data of one run, as a host program hands it over. What is null or 0 is
/// not given.
typedef struct pde_call {
  size_t size;               ///< sizeof(pde_call)
  const pde_value *params;   ///< one for each parameter; null: the initial ones
  const int64_t *sizes;      ///< num_grids * PDE_MAX_RANK, all of them legal;
                             ///< those of derived grids are ignored
  const void *const *inputs; ///< data of pde_program::type; a null entry asks
                             ///< for the script's default
  void *const *outputs;      ///< room for each output, with its rows
  int threads;               ///< 0: as many as the machine has
  pde_monitor monitor;
  pde_recorder recorder;
  void *closure; ///< of monitor, recorder and saver
  /// Room for num_grids * PDE_MAX_RANK pairs: the first cell's place along the
  /// axis and the spacing.
  double (*axes)[2];
  /// Seconds that pass at least before the monitor is called, and between two
  /// calls; 0: it is called at each moment. A monitor that takes long, such as
  /// an interpreter's, costs nothing in short runs and little in long ones.
  double interval;
  /// What a saver was given, to go on from there: by a program of the same
  /// identity, with the same inputs, sizes and parameters, but for those that
  /// count steps.
  const void *state;
  size_t state_size;
  /// Is called after each `save_every` steps, counted over all evolutions, and
  /// at the end of each; 0: only at the ends.
  pde_saver saver;
  int64_t save_every;
} pde_call;

/// Runs `program` on memory. Returns 0, 1 with a sentence in `message` (cut to
/// `length` bytes, always terminated), or 2 if the monitor ended the run.
int pde_execute(const pde_program *program, const pde_call *call, char *message,
                size_t length);

/// PDE_ABI_VERSION of this runtime.
int pde_abi_version(void);

//===----------------------------------------------------------------------===//
// What generated code asks for
//===----------------------------------------------------------------------===//

double pde_get_real(pde_context *ctx, int32_t param);
int64_t pde_get_int(pde_context *ctx, int32_t param);
int64_t pde_get_size(pde_context *ctx, int32_t grid, int32_t axis);

/// a + b, a - b or a * b, as the character `kind` says; a run whose result is
/// beyond 64 bits fails. `line` is the script's, or 0.
int64_t pde_integer(pde_context *ctx, int32_t kind, int32_t line, int64_t a,
                    int64_t b);

/// A whole number as an integer; a run fails whose number is not finite, or too
/// large to be counted to. `line` is the script's, or 0.
int64_t pde_whole(pde_context *ctx, int32_t line, double value);

/// An index of an array, which must be in [0, extent); else the run fails.
/// `line` is the script's, or 0.
int64_t pde_check_index(pde_context *ctx, int32_t line, int64_t extent,
                        int64_t index);

/// An element of a field of the program's type.
double pde_read_entry(pde_context *ctx, const void *data, int64_t index);

/// Tells where the cells of an axis lie (x_i = first + i*spacing), before
/// outputs on its grid are written; plots and .vti files use it. A spacing that
/// is not positive and finite ends the run.
void pde_set_axis(pde_context *ctx, int32_t grid, int32_t axis, double first,
                  double spacing);

/// Memory for `count` elements of the program's type, 64-byte aligned, with 64
/// readable and writable bytes before and behind. Not cleared.
void *pde_alloc(pde_context *ctx, int64_t count);
/// Returns memory of pde_alloc or of pde_read_input. Null is ignored.
void pde_free(pde_context *ctx, void *data);

/// The data of an input in memory of its own, as pde_alloc gives it (the caller
/// may overwrite it and must free it), or null when the input was not given and
/// has a default. Files are read here, so an input costs memory from here on.
void *pde_read_input(pde_context *ctx, int32_t input);

/// The values of an input that generated code filled itself, before it changes
/// them; shown in plots, ignored otherwise. pde_read_input does the same.
void pde_note_input(pde_context *ctx, int32_t input, const void *data);

/// Hands over the values of an output: checks that they are finite, then writes
/// the file asked for, or adds to the summary. Does not keep `data`.
void pde_write_output(pde_context *ctx, int32_t output, const void *data);

/// The same of an output that is a number.
void pde_write_number(pde_context *ctx, int32_t output, double value);

/// Adds a field to a record, or one of the numbers that it has for `step`: they
/// come in the order of its columns. All must be finite. Does not keep `data`.
void pde_record_field(pde_context *ctx, int32_t record, int64_t step,
                      const void *data);
void pde_record_number(pde_context *ctx, int32_t record, int64_t step,
                       int32_t column, double value);

/// One slice [begin, end) of a parallel loop. `scratch` is this worker's own,
/// 64-byte aligned, as large as was asked for, with undefined contents.
typedef void (*pde_body)(void *closure, int64_t begin, int64_t end,
                         void *scratch);

/// Calls body(closure, i, i+1, scratch) for each i of [0, count), spread over
/// the run's threads in contiguous runs of i; returns when all are done. What a
/// body computes may not depend on the thread that runs it.
void pde_parallel(pde_context *ctx, int64_t count, pde_body body, void *closure,
                  int64_t scratch_bytes);

/// Rows that each tile of a grid of `rows` rows should have, `most` at most and
/// of equal number where that goes: so many that all threads of the run have
/// work, where `beside` tiles lie side by side. Results may not depend on it.
int64_t pde_tile_rows(pde_context *ctx, int64_t rows, int64_t beside,
                      int64_t most);

/// Of `blocks` times `rows` rows of `cells` elements of the program's type,
/// which bits of a row's number in its block tell what is in it: none (0) if
/// all rows of a block are the same, bit by bit, the last one (1) if every
/// second one is; else all (-1).
int64_t pde_row_ring(pde_context *ctx, int64_t blocks, int64_t rows,
                     int64_t cells, const void *data);

/// Progress of the evolution that is running: `done` of `total` steps.
void pde_progress(pde_context *ctx, int64_t done, int64_t total);

/// Whether this run is watched: then each step is handed over by pde_watch.
int32_t pde_is_watched(pde_context *ctx);

/// Whether what an evolution carries is to be handed over by pde_watch after
/// the steps from `before` on up to `done`, though the run is not watched: now
/// and then, so that it costs nothing, it is looked at whether all is finite.
int32_t pde_is_check_due(pde_context *ctx, int64_t before, int64_t done);

/// Checks what the evolution in a line of the script carries as its field
/// `level` after `step` steps, 0 for what it starts from: values must be finite
/// and a norm that is proved never to grow must not. Fails the run otherwise.
void pde_watch(pde_context *ctx, int32_t line, int32_t level, int64_t step,
               const void *data);

/// The steps of the evolution in a line of the script are `multiple` times as
/// long as what is proved to be stable for this run's parameters and sizes.
void pde_note_step_length(pde_context *ctx, int32_t line, double multiple);

/// Pass `pass`, counted from 1, of an iterative loop is done, and left a
/// measure that is compared with `bound`; plots and profiles use it. A pass
/// number that does not grow starts another run of the loop. A negative loop's
/// passes have been told before.
void pde_note_iteration(pde_context *ctx, int32_t loop, int64_t pass,
                        double measure, double bound);

/// Fails the run: the loop used up its passes, and `measure` is still not below
/// `bound`.
void pde_fail_convergence(pde_context *ctx, int32_t loop, int64_t passes,
                          double measure, double bound);

/// The passes of a loop that a run goes back through, from the last to the
/// first, with the state before each. States that were not kept are made again.
typedef struct pde_reversal pde_reversal;

/// Begins with the state before the first of `passes` passes, which has `bytes`
/// bytes in all its parts. How many are kept depends on the memory that the run
/// may use for that; no result does.
pde_reversal *pde_reversal_begin(pde_context *ctx, int64_t passes,
                                 int64_t bytes);
/// Goes on to the next stage; 0 after the last one, when the reversal is gone.
/// A stage restores the parts of a state, makes passes, keeps the parts, and
/// goes back through a pass, in this order; what it does not do is nothing.
int32_t pde_reversal_next(pde_context *ctx, pde_reversal *reversal);
/// The pass that the stage's first state is before.
int64_t pde_reversal_first(pde_context *ctx, pde_reversal *reversal);
/// How many passes it makes.
int64_t pde_reversal_passes(pde_context *ctx, pde_reversal *reversal);
/// 1 if it goes back through the next pass after these, else 0.
int64_t pde_reversal_back(pde_context *ctx, pde_reversal *reversal);
/// Overwrites part `part` of the state, of `bytes` bytes.
void pde_reversal_restore(pde_context *ctx, pde_reversal *reversal,
                          int32_t part, void *data, int64_t bytes);
void pde_reversal_keep(pde_context *ctx, pde_reversal *reversal, int32_t part,
                       const void *data, int64_t bytes);

/// Or the parts of states lie where they are made, and none is copied. Then
/// part `part` of the state before the first pass is at `data`, where it
/// remains.
void pde_reversal_start(pde_context *ctx, pde_reversal *reversal, int32_t part,
                        const void *data);
/// Where the part is of the state that there is.
void *pde_reversal_source(pde_context *ctx, pde_reversal *reversal,
                          int32_t part);
/// Where some of the stage's passes, the last ones if `is_last`, are to make
/// that part of `bytes` bytes.
void *pde_reversal_target(pde_context *ctx, pde_reversal *reversal,
                          int32_t part, int64_t bytes, int32_t is_last);
/// They have made it: this is the state that there is.
void pde_reversal_made(pde_context *ctx, pde_reversal *reversal);
/// 1 if the loop's own run may make its states by such stages, since nobody
/// follows it step by step.
int32_t pde_reversal_leads(pde_context *ctx);
/// Goes on to the next stage of those that lead to the state before the last
/// pass; 0 where it is there, or the reversal does not lead.
int32_t pde_reversal_climb(pde_context *ctx, pde_reversal *reversal);

/// Begins an evolution that is not part of another, in a line of the script,
/// with at most `count` steps. Its state may be saved and resumed, in parts as
/// those of a reversal: restoring them does nothing where it begins anew.
pde_reversal *pde_state_begin(pde_context *ctx, int32_t line, int64_t count);
/// How many of its steps have been made.
int64_t pde_state_first(pde_context *ctx, pde_reversal *state);
/// Whether its condition has held after the last of them.
int32_t pde_state_ended(pde_context *ctx, pde_reversal *state);
/// Whether the state after `done` steps is to be saved: then all its parts are
/// kept, in order, and pde_state_save follows, which may end the run. `ended`
/// says whether the evolution's condition holds.
int32_t pde_state_due(pde_context *ctx, pde_reversal *state, int64_t done,
                      int32_t ended);
void pde_state_save(pde_context *ctx, pde_reversal *state);

enum pde_reduction {
  PDE_SUM = 0,
  PDE_DOT = 1, ///< the sum of the products a[i] * b[i], formed in double
  PDE_MIN = 2,
  PDE_MAX = 3,
  PDE_MAX_ABS = 4
};

/// An operator between lists of arrays of three axes (axes that a grid lacks
/// come first and have one cell): weights [out][in][taps]. Along an axis tap 0
/// is `first` away from the cell: 0 where the read array has all cells that the
/// taps reach, or what it is on a periodic axis, where both go around.
typedef struct pde_channels {
  int64_t out, in;
  int64_t taps[PDE_MAX_RANK];
  int64_t first[PDE_MAX_RANK];
  int64_t periodic[PDE_MAX_RANK]; ///< 0 or 1
  int64_t read[PDE_MAX_RANK];     ///< cells of the `in` arrays that it reads
  int64_t made[PDE_MAX_RANK];     ///< cells of the `out` arrays that it makes
} pde_channels;

/// made_o[p] = sum_i sum_m weights[o][i][m] * read_i[p + first + m], from the
/// weight at `place` on. If `transposed`, from `out` arrays x to `in` arrays y:
/// the exact transpose, zeros beyond the cells of x, positions in x ascending.
/// The first product starts a sum, the others are added with one rounding.
void pde_convolve(pde_context *ctx, const pde_channels *channels,
                  int32_t transposed, const void *weights, int64_t place,
                  const void *const *x, void *const *y);

/// weights[o][i][m] = sum_p y_o[p] * x_i[p + first + m] from `place` on, and
/// zero elsewhere among `count`. Sums are formed in double with one rounding a
/// product: over the rows into eight sums by the position in a row modulo
/// eight, then k and k + 4, k and k + 2, both.
void pde_correlate(pde_context *ctx, const pde_channels *channels,
                   const void *const *y, const void *const *x, void *weights,
                   int64_t place, int64_t count);

/// What is made of a line of an array along an axis.
enum pde_along_kind {
  PDE_ALONG_SUM = 0,
  PDE_ALONG_MIN = 1, ///< nan if one of them is
  PDE_ALONG_MAX = 2,
  PDE_CUMULATE = 3,      ///< of each element the sum of those up to it
  PDE_CUMULATE_BACK = 4, ///< of each element the sum of those from it on
  PDE_ALONG_SPREAD = 5   ///< all elements are what the only one of x is
};

/// Makes an array of the lines of another one along an axis. Both are blocks of
/// `before` times `length` times `after` elements, lines running along the
/// second of these; but sums and extrema have one element a line, and what is
/// spread is one element a line. Sums are formed in double, from the first
/// element on or, backwards, from the last one on, and each is rounded once.
void pde_along(pde_context *ctx, int32_t kind, int64_t before, int64_t length,
               int64_t after, const void *x, void *y);

/// Reduces `count` >= 1 elements of the program's type to one number; only
/// PDE_DOT looks at `b`, which may be `a`. Sums are formed in double in an
/// order that the count alone decides. A nan among the elements makes the
/// result nan.
double pde_reduce(pde_context *ctx, int32_t kind, int64_t count, const void *a,
                  const void *b);

/// `number` sums at once, each with the bits that pde_reduce gives it: of all
/// a[k][i]*b[k][i], or of a[k][i] where b[k] is null.
void pde_sums(pde_context *ctx, int64_t number, int64_t count,
              const void *const *a, const void *const *b, double *sums);

/// For --profile: `points` cell updates were made that had to move `bytes`.
void pde_count_work(pde_context *ctx, int64_t points, int64_t bytes);

//===----------------------------------------------------------------------===//
// Layers: how the network form is executed natively
//===----------------------------------------------------------------------===//
// Every layer returns a new tensor; pde_tensor_free releases it. Tensors have
// the program's element type and the rank of their grid. Weights and scales
// come as doubles and are rounded once to the element type. A weighted sum
// runs over the taps in the order given, from the first product on, without
// contraction; a weight of +1 or -1 adds or subtracts the value itself.

typedef struct pde_tensor pde_tensor;

/// How a side of an axis is continued, and what its adjoint does: the rules of
/// compiler/support/Boundary.def, which says what they mean.
enum pde_boundary {
#define PDE_BOUNDARY(CONSTANT, ENUMERATOR, KEYWORD, CELLS, WEIGHTS, FACTOR)    \
  PDE_##CONSTANT,
#include "compiler/support/Boundary.def"
};

/// One axis of padding or folding. A negative count does the opposite: pad cuts
/// cells off, fold adds zeros. Fold ignores values and tensors.
typedef struct pde_margin {
  int32_t low_kind, high_kind;  ///< pde_boundary
  int64_t low, high;            ///< cells added (pad) or removed (fold)
  double low_value, high_value; ///< of rules that have one
  /// Instead of a value, or null: a tensor. It is read at its own place: along
  /// this axis in the nearest cell of x; along others where the position is, as
  /// far as the tensor goes; in the cell that is copied where a rule copies.
  const pde_tensor *low_tensor, *high_tensor;
  /// Of rules with given weights, for the distances 1, 2, ... one after the
  /// other: the weights of the cells inside, then for pad the value's factor.
  const double *low_scalars, *high_scalars;
  /// How many cells the tensor has before x's first one on each axis; null: 0.
  const int64_t *low_before, *high_before;
} pde_margin;

/// The weights of a convolution: `taps` offsets of `rank` numbers each, in the
/// order of summation (lexicographically ascending), and a factor for the sum
/// (exactly 1: no product is formed).
typedef struct pde_weights {
  int32_t rank;
  int32_t taps;
  const int64_t *offsets;
  const double *values;
  double scale;
} pde_weights;

/// Takes over memory of pde_alloc as a tensor of `sizes` cells.
pde_tensor *pde_tensor_take(pde_context *ctx, int32_t rank,
                            const int64_t *sizes, void *data);
/// A copy of `x` in memory of pde_alloc's that the caller owns.
void *pde_tensor_copy_out(pde_context *ctx, const pde_tensor *x);
/// One more owner of the same, from now on immutable, tensor: it lives until
/// each owner has called pde_tensor_free.
pde_tensor *pde_tensor_share(pde_context *ctx, pde_tensor *x);
void pde_tensor_free(pde_context *ctx, pde_tensor *x);
int64_t pde_tensor_bytes(pde_context *ctx, const pde_tensor *x);
/// As pde_reversal_restore and pde_reversal_keep, of a tensor: the state's
/// part, which the caller owns. What is given to restore remains the caller's.
pde_tensor *pde_tensor_restore(pde_context *ctx, pde_reversal *reversal,
                               int32_t part, pde_tensor *x);
void pde_tensor_keep(pde_context *ctx, pde_reversal *reversal, int32_t part,
                     const pde_tensor *x);

/// Continues x by `margin[axis]` on each axis, the first axis first: a later
/// axis continues what the earlier ones gave, or replaces it by its value.
/// Margins may exceed the size, unless rules have given weights; a continuation
/// is then itself continued. A value is multiplied by its factor in double and
/// rounded once, a tensor's cell by the rounded factor.
pde_tensor *pde_layer_pad(pde_context *ctx, const pde_tensor *x,
                          const pde_margin *margin);

/// Valid correlation: y[i] = scale * sum_m values[m] * x[s*i + offset_m -
/// first], where first is the smallest offset on each axis and s its stride,
/// one if `strides` is null (pde_layer_conv_transpose likewise); y is as large
/// as x has room for.
pde_tensor *pde_layer_conv(pde_context *ctx, const pde_tensor *x,
                           const pde_weights *weights, const int64_t *strides);

/// Its full transpose: y[j] = scale * sum_m values[m] * x[(j - (offset_m -
/// first))/s] over the taps for which the quotient is whole, x taken as zero
/// outside (terms with these zeros are formed too), summed over the taps from
/// the LAST to the first (ascending positions in x). The sum of
/// nothing is zero. y has (n - 1)*s + 1 cells and as many more as the offsets
/// extend over.
pde_tensor *pde_layer_conv_transpose(pde_context *ctx, const pde_tensor *x,
                                     const pde_weights *weights,
                                     const int64_t *strides);

/// The transpose of pad: the margin is cut off, each removed cell first added
/// to the cells that pad makes it of, times their weights if there are any, the
/// last axis' weight first. A cell starts with its own value and receives its
/// additions one by one, in ascending (lexicographic) order of the removed
/// cells' positions.
pde_tensor *pde_layer_fold(pde_context *ctx, const pde_tensor *x,
                           const pde_margin *margin);

pde_tensor *pde_layer_add(pde_context *ctx, const pde_tensor *a,
                          const pde_tensor *b);
pde_tensor *pde_layer_subtract(pde_context *ctx, const pde_tensor *a,
                               const pde_tensor *b);
/// factor * x, the factor rounded to the element type.
pde_tensor *pde_layer_scale(pde_context *ctx, const pde_tensor *x,
                            double factor);

/// One slice of a pointwise function: y[i] = f(x_0[i], ..., scalars) for i in
/// [begin, end).
typedef void (*pde_pointwise)(const void *const *x, void *y,
                              const double *scalars, int64_t begin,
                              int64_t end);

/// A pointwise function of `count` >= 1 tensors of the same sizes.
pde_tensor *pde_layer_activation(pde_context *ctx, int32_t count,
                                 const pde_tensor *const *x, pde_pointwise f,
                                 const double *scalars);

/// y[i] = first + (i[axis] - before)*spacing, computed in double, rounded once.
pde_tensor *pde_layer_coordinate(pde_context *ctx, int32_t rank,
                                 const int64_t *sizes, int32_t axis,
                                 int64_t before, double first, double spacing);

/// Cell i holds pde_noise(seed, i), rounded once.
pde_tensor *pde_layer_noise(pde_context *ctx, int32_t rank,
                            const int64_t *sizes, int64_t seed);

/// pde_convolve of tensors, of which none is periodic: `extents` are out, in
/// and the taps of `rank` axes. The results go to y.
void pde_layer_convolve(pde_context *ctx, int32_t rank, const int64_t *extents,
                        int32_t transposed, const pde_tensor *weights,
                        int64_t place, const pde_tensor *const *x,
                        pde_tensor **y);
/// pde_correlate of tensors: a tensor of `count` entries.
pde_tensor *pde_layer_correlate(pde_context *ctx, int32_t rank,
                                const int64_t *extents,
                                const pde_tensor *const *y,
                                const pde_tensor *const *x, int64_t place,
                                int64_t count);

/// pde_along of a tensor along an axis; `size` is how long lines are made that
/// are spread.
pde_tensor *pde_layer_along(pde_context *ctx, const pde_tensor *x, int32_t kind,
                            int32_t axis, int64_t size);

/// pde_read_entry of a tensor.
double pde_layer_entry(pde_context *ctx, const pde_tensor *x, int64_t index);

/// pde_reduce of all cells of `a`, with those of `b` for PDE_DOT (else null).
double pde_layer_reduce(pde_context *ctx, int32_t kind, const pde_tensor *a,
                        const pde_tensor *b);

/// [worker] Uniform in [-1, 1), the same on every machine: the upper 53 bits of
/// the first number of SplitMix64 started from the state
/// seed * 0x9E3779B97F4A7C15 + index (modulo 2^64).
double pde_noise(int64_t seed, int64_t index);

#ifdef __cplusplus
}
#endif

#endif // PDE_RUNTIME_H
