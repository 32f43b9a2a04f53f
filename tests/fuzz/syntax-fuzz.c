/*
 * syntax-fuzz.c - libFuzzer target: whatever PCRE2 compiles, the pattern parser
 * understands or refuses as syntax.h says.
 *
 * The first byte chooses caseless and literal; the rest is the pattern.
 */
#include "syntax/syntax.h"

#include "../cased-compile.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdlib.h>
#include <string.h>

#define CHECK(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

static void check_node(const struct node *node, const struct syntax *syntax, bool unicode, unsigned depth)
{
    CHECK(depth <= 4 * 251);
    switch (node->kind) {
    case NODE_CAT:
    case NODE_ALT:
        CHECK(node->child_count >= 2);
        break;
    case NODE_REPEAT:
        CHECK(node->child_count == 1 && node->u.repeat.min <= node->u.repeat.max);
        break;
    case NODE_GROUP:
        CHECK(node->child_count == 1 && node->u.group.capture <= syntax->capture_count);
        break;
    case NODE_LOOK:
        CHECK(node->child_count == 1);
        break;
    case NODE_SET:
        CHECK(node->child_count == 0 &&
              (unicode ? (node->u.set.bits[2] | node->u.set.bits[3]) == 0 : !node->u.set.beyond));
        break;
    case NODE_CHAR:
        CHECK(node->child_count == 0 && unicode && node->u.character.code_point > 127);
        break;
    case NODE_BACKREF:
        CHECK(node->child_count == 0 && node->u.backref.capture <= syntax->capture_count);
        break;
    case NODE_EMPTY:
    case NODE_ASSERT:
    case NODE_OTHER:
        CHECK(node->child_count == 0);
        break;
    }
    for (size_t i = 0; i < node->child_count; i++)
        check_node(node->children[i], syntax, unicode, depth + 1);
}

/* What PCRE2 itself says of the pattern. */
static void check_against_code(const struct syntax *syntax, const pcre2_code *code)
{
    uint32_t captures, names;
    CHECK(pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &captures) == 0);
    CHECK(pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &names) == 0);
    CHECK(captures == syntax->capture_count);
    CHECK((names > 0) == syntax->has_names);
}

static void check_pattern(const char *pattern, size_t length, struct dialect options)
{
    uint32_t flags = (options.caseless ? PCRE2_CASELESS : 0) | (options.fixed ? PCRE2_LITERAL : 0);
    flags |= options.unicode ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : 0;
    int error;
    PCRE2_SIZE offset;
    pcre2_code *code = cased_compile(pattern, length, flags, &error, &offset, NULL);
    if (!code)
        return;
    struct syntax *syntax = syntax_parse(pattern, length, &options);
    CHECK(!syntax->root == !!syntax->unsupported);
    if (syntax->root) {
        check_node(syntax->root, syntax, options.unicode, 1);
        check_against_code(syntax, code);
    } else {
        CHECK(syntax->unsupported_offset <= length);
    }
    char *description = syntax_describe(syntax);
    CHECK(description && strlen(description) > 0);
    free(description);
    syntax_free(syntax);
    pcre2_code_free(code);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    if (size == 0)
        return 0;
    /* A copy without a NUL behind it, so that reading beyond the end is noticed. */
    char *pattern = malloc(size - 1);
    if (size > 1)
        memcpy(pattern, input + 1, size - 1);
    struct dialect options = {.caseless = input[0] & 1, .fixed = (input[0] & 14) == 14};
    for (int unicode = 0; unicode < 2; unicode++) {
        options.unicode = unicode;
        check_pattern(pattern, size - 1, options);
    }
    free(pattern);
    return 0;
}
