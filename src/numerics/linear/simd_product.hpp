// Products of matrices by tiles that stay in registers, over a panel of A that is packed into the cache
// (Goto and van de Geijn 2008; Van Zee and van de Geijn 2015).
#pragma once

#include "numerics/linear/kernels.hpp"
#include "numerics/linear/simd.hpp"
#include "numerics/linear/simd_activation.hpp"

namespace numerics::NUMERICS_INSTRUCTION_SET {
namespace {

// A tile is tile_vectors vectors high and tile_columns wide: its sums, a column of A and an entry of B fill the
// registers.
constexpr int tile_vectors = NUMERICS_TILE_VECTORS;
constexpr int tile_columns = 6;
template <class S>
constexpr Index tile_rows = tile_vectors* lanes<S>;
constexpr Index chunk_columns = 80 * tile_columns;  // of B, worked on together
// The longest inner index that is not cut, and the length of the pieces of longer ones. For few columns they are short
// enough for a panel of A to stay in the first cache; of many columns, pieces would be fetched from afar too often.
struct Depth {
  Index longest, piece;
};
constexpr Index few_columns = 192;
constexpr Depth depth_of_few{192, 128}, depth_of_many{1024, 512};

constexpr Index rows_ahead = 24;  // of B, where each stands in a page of its own

constexpr Index smaller(Index x, Index y) { return x < y ? x : y; }
constexpr Index pieces(Index length, Index piece) { return (length + piece - 1) / piece; }

/// Asks the memory for a block, for large matrices lie in the outer caches.
template <int locality, class S>
inline void fetch(const S* at, Index column, Index rows, Index columns) {
  for (Index j = 0; j < columns; ++j)
    for (Index i = 0; i < rows; i += 64 / static_cast<Index>(sizeof(S)))
      __builtin_prefetch(at + j * column + i, 0, locality);
}
constexpr int first_cache = 3, second_cache = 2;  // the latter for what must not drive out what is worked on

/// Sums over `depth` of the inner index for one tile, added to those in `sums` unless they are the first.
template <class S, int vectors, int columns, bool b_is_upright>
void multiply_tile(Index depth, const S* a, const S* b, Index b_step, S* sums, bool first) {
  V<S> sum[columns][vectors];
#pragma GCC unroll 8
  for (int j = 0; j < columns; ++j)
#pragma GCC unroll 4
    for (int i = 0; i < vectors; ++i) sum[j][i] = first ? V<S>{} : load<S>(sums + (j * vectors + i) * lanes<S>);
  for (Index p = 0; p < depth; ++p) {
    if (!b_is_upright) __builtin_prefetch(b + rows_ahead * b_step);
    V<S> x[vectors];
#pragma GCC unroll 4
    for (int i = 0; i < vectors; ++i) x[i] = load<S>(a + i * lanes<S>);
#pragma GCC unroll 8
    for (int j = 0; j < columns; ++j) {
      const V<S> y = every<S>(b_is_upright ? b[j * b_step] : b[j]);
#pragma GCC unroll 4
      for (int i = 0; i < vectors; ++i) sum[j][i] = fma(x[i], y, sum[j][i]);
    }
    a += vectors * lanes<S>;
    b += b_is_upright ? 1 : b_step;
  }
#pragma GCC unroll 8
  for (int j = 0; j < columns; ++j)
#pragma GCC unroll 4
    for (int i = 0; i < vectors; ++i) store<S>(sums + (j * vectors + i) * lanes<S>, sum[j][i]);
}

template <class S>
using MultiplyTile = void (*)(Index, const S*, const S*, Index, S*, bool);

/// Tiles at the edges are smaller: by [vectors - 1][columns - 1].
template <class S, bool b_is_upright>
struct Tiles {
  MultiplyTile<S> of[tile_vectors][tile_columns]{};

  constexpr Tiles() { fill(std::make_integer_sequence<int, tile_vectors * tile_columns>()); }

 private:
  template <int... i>
  constexpr void fill(std::integer_sequence<int, i...>) {
    ((of[i / tile_columns][i % tile_columns] =
          multiply_tile<S, i / tile_columns + 1, i % tile_columns + 1, b_is_upright>),
     ...);
  }
};
template <class S, bool b_is_upright>
constexpr Tiles<S, b_is_upright> tiles{};

/// Whole vectors of A over `depth` of the inner index, one column after the other.
template <class S, int vectors, bool with_sums>
void pack_vectors(const S* a, Index a_column, Index depth, S* packed, V<S>* sums) {
  V<S> sum[vectors] = {};
  for (Index p = 0; p < depth; ++p) {
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) {
      const V<S> part = load<S>(a + v * lanes<S>);
      if constexpr (with_sums) sum[v] += part;
      store<S>(packed + v * lanes<S>, part);
    }
    packed += vectors * lanes<S>;
    a += a_column;
  }
  if constexpr (with_sums)
    for (int v = 0; v < vectors; ++v) sums[v] = sum[v];
}

/// `rows` rows of A over `depth` of the inner index, as columns of whole vectors with zeros below.
template <class S>
void pack_upright(const S* a, Index a_column, Index rows, Index depth, S* packed, S* row_sums) {
  V<S> sum[tile_vectors] = {};
  if (rows == tile_rows<S>) {
    if (row_sums == nullptr) return pack_vectors<S, tile_vectors, false>(a, a_column, depth, packed, sum);
    pack_vectors<S, tile_vectors, true>(a, a_column, depth, packed, sum);
  } else {
    for (Index p = 0; p < depth; ++p, a += a_column)
      for (Index v = 0; v * lanes<S> < rows; ++v, packed += lanes<S>) {
        const V<S> part = load_part(a + v * lanes<S>, smaller(lanes<S>, rows - v * lanes<S>));
        sum[v] += part;
        store<S>(packed, part);
      }
  }
  if (row_sums == nullptr) return;
  for (Index v = 0; v * lanes<S> < rows; ++v) {
    const Index count = smaller(lanes<S>, rows - v * lanes<S>);
    store_part(row_sums + v * lanes<S>, load_part(row_sums + v * lanes<S>, count) + sum[v], count);
  }
}

/// The same where A's rows stand upright: blocks are transposed on the way.
template <class S>
void pack_transposed(const S* a, Index a_row, Index rows, Index depth, S* packed) {
  const Index vectors = pieces(rows, lanes<S>);
  for (Index v = 0; v < vectors; ++v) {
    const Index count = smaller(lanes<S>, rows - v * lanes<S>);
    for (Index p = 0; p < depth; p += lanes<S>) {
      const Index width = smaller(lanes<S>, depth - p);
      V<S> block[lanes<S>];
      if (count == lanes<S> && width == lanes<S>) {
#pragma GCC unroll 16
        for (Index i = 0; i < lanes<S>; ++i) block[i] = load<S>(a + (v * lanes<S> + i) * a_row + p);
        transpose<S>(block);
#pragma GCC unroll 16
        for (Index i = 0; i < lanes<S>; ++i) store<S>(packed + ((p + i) * vectors + v) * lanes<S>, block[i]);
      } else {
        for (Index i = 0; i < lanes<S>; ++i)
          block[i] = i < count ? load_part(a + (v * lanes<S> + i) * a_row + p, width) : V<S>{};
        transpose<S>(block);
        for (Index i = 0; i < width; ++i) store<S>(packed + ((p + i) * vectors + v) * lanes<S>, block[i]);
      }
    }
  }
}

/// Each entry of a block from the sum there, what else is given for its place, and what stood there.
template <class S, class F>
void finish_block(const S* sums, Index sums_column, const S* other, Index other_column, S* c, Index c_column,
                  Index rows, Index columns, const F& f) {
  const Index whole = rows / lanes<S> * lanes<S>;
  const Index rest = rows - whole;
  for (Index j = 0; j < columns; ++j) {
    for (Index i = 0; i < whole; i += lanes<S>) store<S>(c + i, f(load<S>(sums + i), load<S>(other + i)));
    if (rest > 0) store_part(c + whole, f(load<S>(sums + whole), load_part(other + whole, rest)), rest);
    sums += sums_column;
    other += other_column;
    c += c_column;
  }
}

/// A tile's sums become entries of C from row i and column j on.
template <class S>
void finish_tile(const Product<S>& p, ActivateBlock<S> activate_entries, const S* sums, Index sums_column, Index i,
                 Index j, Index rows, Index columns) {
  S* c = p.c + i + j * p.c_column;
  switch (p.finish) {
    case Finish::store:
      return finish_block(sums, sums_column, sums, sums_column, c, p.c_column, rows, columns,
                          [](V<S> sum, V<S>) { return sum; });
    case Finish::times:
      return finish_block(sums, sums_column, p.factors + i + j * p.factors_column, p.factors_column, c, p.c_column,
                          rows, columns, [](V<S> sum, V<S> factor) { return sum * factor; });
    case Finish::add:
      return finish_block(sums, sums_column, c, p.c_column, c, p.c_column, rows, columns,
                          [factor = every<S>(p.factor)](V<S> sum, V<S> old) { return fma(factor, sum, old); });
    case Finish::activate:
      return activate_entries(sums, sums_column, p.bias + i, c, p.c_column,
                              p.slopes ? p.slopes + i + j * p.slopes_column : nullptr, p.slopes_column, rows, columns);
  }
}

/// What finish_tile will read is on its way while the tile is computed.
template <class S>
void fetch_tile(const Product<S>& p, Index i, Index j, Index rows, Index columns) {
  if (p.finish == Finish::add) fetch<first_cache>(p.c + i + j * p.c_column, p.c_column, rows, columns);
  if (p.finish == Finish::times)
    fetch<first_cache>(p.factors + i + j * p.factors_column, p.factors_column, rows, columns);
}

template <class S>
Index piece_of(const Product<S>& p) {
  const Depth depth = p.n <= few_columns ? depth_of_few : depth_of_many;
  return p.k <= depth.longest ? p.k : depth.piece;
}

/// Room for a panel of A, and where the inner index is cut also for the sums of a chunk of columns.
template <class S>
std::size_t scratch(const Product<S>& p) {
  const Index sums = p.k <= piece_of(p) ? tile_rows<S> * tile_columns
                                        : pieces(p.m, tile_rows<S>) * tile_rows<S> * smaller(p.n, chunk_columns);
  return static_cast<std::size_t>(tile_rows<S> * piece_of(p) + sums);
}

template <class S>
struct PackedPanel {
  Index i, rows, vectors;  // of C
  Index p, depth;          // of the inner index
  bool first, last;        // piece of the inner index
  const S* a;
};

/// The next panel's share of one tile of `tiles`, on its way from the outer caches while this panel is worked on.
template <class S>
void fetch_share(const Product<S>& p, const PackedPanel<S>& next, Index tile, Index tiles) {
  const S* a = p.a + next.i * p.a_row + next.p * p.a_column;
  const bool upright = p.a_row == 1;
  const Index all = upright ? next.depth : next.rows;
  const Index from = all * tile / tiles, to = all * (tile + 1) / tiles;
  if (upright)
    fetch<second_cache>(a + from * p.a_column, p.a_column, next.rows, to - from);
  else
    fetch<second_cache>(a + from * p.a_row, p.a_row, next.depth, to - from);
}

/// One panel of A times a chunk of B's columns.
template <class S, bool b_is_upright>
void multiply_panel(const Product<S>& product, ActivateBlock<S> activate_entries, const PackedPanel<S>& panel,
                    const PackedPanel<S>& next, Index begin, Index end, S* sums) {
  const auto& tile = tiles<S, b_is_upright>.of[panel.vectors - 1];
  const Index height = panel.vectors * lanes<S>;
  const bool in_one_piece = panel.first && panel.last;
  for (Index j = begin; j < end; j += tile_columns) {
    const Index columns = smaller(tile_columns, end - j);
    const S* b = product.b + panel.p * product.b_row + j * product.b_column;
    fetch_share(product, next, (j - begin) / tile_columns, pieces(end - begin, tile_columns));
    if (panel.last) fetch_tile(product, panel.i, j, panel.rows, columns);
    S* of_tile = in_one_piece ? sums : sums + (panel.i * (end - begin)) + (j - begin) * height;
    tile[columns - 1](panel.depth, panel.a, b, b_is_upright ? product.b_column : product.b_row, of_tile, panel.first);
    if (panel.last) finish_tile(product, activate_entries, of_tile, height, panel.i, j, panel.rows, columns);
  }
}

template <class S>
void pack(const Product<S>& product, const PackedPanel<S>& panel, S* packed, bool sum_rows) {
  const S* a = product.a + panel.i * product.a_row + panel.p * product.a_column;
  if (product.a_row == 1)
    pack_upright(a, product.a_column, panel.rows, panel.depth, packed, sum_rows ? product.row_sums + panel.i : nullptr);
  else
    pack_transposed(a, product.a_row, panel.rows, panel.depth, packed);
}

template <class S>
void multiply(const Product<S>& product) {
  const Index piece = piece_of(product);
  S* packed = product.scratch;
  S* sums = packed + tile_rows<S> * piece;
  const bool b_is_upright = product.b_row == 1;
  const auto activate_entries =
      product.slopes ? activate_block_of<S, true>(product.activation) : activate_block_of<S, false>(product.activation);
  if (product.row_sums != nullptr)
    for (Index i = 0; i < product.m; ++i) product.row_sums[i] = 0;
  const auto panel_at = [&](Index p, Index i) {
    const Index rows = smaller(tile_rows<S>, product.m - i);
    return PackedPanel<S>{
        i, rows, pieces(rows, lanes<S>), p, smaller(piece, product.k - p), p == 0, p + piece >= product.k, packed};
  };
  const auto next_of = [&](const PackedPanel<S>& panel) {
    if (panel.i + panel.rows < product.m) return panel_at(panel.p, panel.i + panel.rows);
    if (panel.p + panel.depth < product.k) return panel_at(panel.p + panel.depth, 0);
    return PackedPanel<S>{};
  };
  for (Index begin = 0; begin < product.n; begin += chunk_columns) {
    const Index end = smaller(begin + chunk_columns, product.n);
    for (Index p = 0; p < product.k; p += piece) {
      for (Index i = 0; i < product.m; i += tile_rows<S>) {
        const PackedPanel<S> panel = panel_at(p, i), next = next_of(panel);
        pack(product, panel, packed, product.row_sums != nullptr && begin == 0);
        if (b_is_upright)
          multiply_panel<S, true>(product, activate_entries, panel, next, begin, end, sums);
        else
          multiply_panel<S, false>(product, activate_entries, panel, next, begin, end, sums);
      }
    }
  }
}

}  // namespace
}  // namespace numerics::NUMERICS_INSTRUCTION_SET
