// The smallest thing that can fail: CHECK prints where and what, and the run ends red.

#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdio.h>

extern unsigned checks_done, checks_failed;

#define CHECK(condition) CHECK_THAT(condition, "%s", #condition)
#define CHECK_THAT(condition, ...) \
    do { \
        checks_done++; \
        if (!(condition)) { \
            checks_failed++; \
            printf("%s:%d: not true: ", __FILE__, __LINE__); \
            printf(__VA_ARGS__); \
            printf("\n"); \
        } \
    } while (0)

void test_link(const char *vectors_folder);
void test_button(void);
void test_rows(void);
void test_requests(void);
void test_sensor(void);
void test_bars(const char *recorded_row);

#endif
