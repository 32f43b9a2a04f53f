/*
 * vector-map.h - the vec_map of vector.h by lookups in 16 bytes, of which a lane above 127 gives 0.
 *
 * The lanes become 16 less from one lookup to the next, and those that have gone below 0 have no part in it any more;
 * the others look up the lower four bits.  So each lookup has the difference between a piece of the table and the piece
 * before it.
 */
#ifndef MSCAN_KERNELS_VECTOR_MAP_H
#define MSCAN_KERNELS_VECTOR_MAP_H

typedef struct {
    vec low[8], high[8]; /* for bytes up to 127 and for those above */
    bool high_any;       /* some byte of the upper half is not 0 */
} vec_map;

static inline vec_map vec_map_of(const uint8_t *table)
{
    vec_map map = {.high_any = false};
    vec none = vec_splat(0), any = none;
    for (int i = 0; i < 8; i++) {
        vec low = vec_table(table + 16 * i), high = vec_table(table + 128 + 16 * i);
        map.low[i] = vec_xor(low, i ? vec_table(table + 16 * (i - 1)) : none);
        map.high[i] = vec_xor(high, i ? vec_table(table + 128 + 16 * (i - 1)) : none);
        any = vec_or(any, high);
    }
    map.high_any = vec_nonzero(any);
    return map;
}

static inline vec vec_mapped_half(const vec *steps, vec a)
{
    vec mapped = vec_lookup(steps[0], a);
    UNROLL
    for (int i = 1; i < 8; i++) {
        a = vec_less(a, 16);
        mapped = vec_xor(mapped, vec_lookup(steps[i], a));
    }
    return mapped;
}

static inline vec vec_mapped(const vec_map *map, vec a)
{
    vec mapped = vec_mapped_half(map->low, a);
    if (map->high_any)
        mapped = vec_or(mapped, vec_mapped_half(map->high, vec_xor(a, vec_splat(128))));
    return mapped;
}

#endif
