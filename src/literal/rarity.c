#include "literal/rarity.h"

/*
 * Bytes among 100,000 of a mixed text: 55% logs of eleven systems, 20% English prose, 12% JSON, 5% C headers, 5%
 * Russian and 3% Chinese text; 1 where there was none.
 */
static const uint16_t counts[256] = {
    1,    1,    1,    1,    1,    1,    1,    1,    1,    36,   914,  1,    1,    1,     1,    1,    1,    1,    1,
    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    10590, 4,    1779, 33,   49,   1,
    5,    17,   214,  214,  126,  4,    1197, 1358, 1887, 536,  3214, 2977, 2003, 1260,  1325, 1485, 1049, 1042, 1113,
    1029, 2135, 85,   13,   262,  14,   1,    54,   262,  139,  298,  261,  285,  336,   65,   66,   328,  192,  74,
    206,  259,  484,  309,  154,  46,   427,  380,  256,  117,  35,   174,  23,   11,    68,   405,  62,   404,  2,
    488,  1,    3576, 965,  2051, 2294, 5923, 1103, 816,  2161, 2768, 73,   752,  1684,  1281, 3397, 3879, 1025, 58,
    3454, 2544, 4242, 1610, 551,  790,  254,  523,  29,   142,  3,    142,  1,    1,     164,  350,  266,  56,   47,
    15,   40,   54,   47,   39,   17,   89,   119,  33,   27,   44,   10,   37,   21,    22,   22,   11,   25,   39,
    39,   30,   39,   15,   48,   24,   13,   40,   15,   19,   11,   7,    28,   29,    19,   30,   41,   22,   19,
    19,   14,   25,   49,   51,   202,  66,   93,   58,   84,   199,  42,   50,   162,   49,   141,  136,  91,   185,
    280,  50,   1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,     1,    1,    1,    1,    1575,
    573,  1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,    1,     1,    1,    1,    1,    358,
    118,  170,  139,  88,   46,   40,   1,    1,    1,    1,    1,    31,   1,    1,     1,    1,    1,    1,    1,
    1,    1,    1,    1,    1,    1,    1,    1,    1,
};

double rarity_share(uint8_t value, uint8_t mask)
{
    unsigned sum = 0, open = 0xff & ~(unsigned)mask, rest = 0;
    if (value & open)
        return 0;
    do {
        sum += counts[value | rest];
        rest = (rest - open) & open; /* the next subset of the open bits */
    } while (rest);
    return sum < 100000 ? sum / 1e5 : 1;
}

void rarity_table(needle_rarity rarity)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        unsigned sixteenths = 0;
        /* The sixteenth root of 2. */
        for (double share = counts[byte] / 1e5; share < 1 && sixteenths < 255; share *= 1.0442737824274138)
            sixteenths++;
        rarity[byte] = (unsigned char)sixteenths;
    }
}
