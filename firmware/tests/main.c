// Tests of the sketch's neutral code on the PC. Usage: doorbell-tests LINK-VECTORS-FOLDER BARS-ROW

#include "check.h"

unsigned checks_done, checks_failed;

int main(int count, char **words)
{
    if (count != 3) {
        printf("usage: %s FOLDER-WITH-LINK-VECTORS ROW-OF-REAL-BARS\n", words[0]);
        return 2;
    }
    test_link(words[1]);
    test_button();
    test_rows();
    test_requests();
    test_sensor();
    test_bars(words[2]);
    printf("%u checks, %u failed\n", checks_done, checks_failed);
    return checks_failed == 0 ? 0 : 1;
}
