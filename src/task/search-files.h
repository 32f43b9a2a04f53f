/*
 * search-files.h - what a search prints of files, be it for lines or for records: counts and names.
 */
#ifndef MSCAN_TASK_SEARCH_FILES_H
#define MSCAN_TASK_SEARCH_FILES_H

#include "task/search-plan.h"

/* What is done with what is selected in the end. */
enum query_mode search_final_mode(const struct search *search);

/* Whether counts are printed, and of matches. */
bool search_counts(const struct search *search);
bool search_counts_matches(const struct search *search);

/* What was found in a file. */
struct search_found {
    uint64_t selected, matches;
    bool binary; /* something was not printed, because it is not text */
};

/* Prints a file's count or name, or says that it is not text, as it is asked for. */
void search_print_file(const struct search *search, struct search_total *total, const char *name,
                       const struct search_found *found, struct output *output);

/* Prints the total of the counts, if it is wanted. */
void search_print_total(const struct search *search, const struct search_total *total, struct output *output);

#endif
