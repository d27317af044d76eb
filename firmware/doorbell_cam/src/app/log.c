// Sending LOG. See log.h.

#include "log.h"
#include "../board/board.h" // flash
#include "../link/link.h"   // packets

#define LOG_TEXT(name, code, severity, text, has_value) static const char name##_text[] BOARD_FLASH = text;
LOG_CODES(LOG_TEXT)
#undef LOG_TEXT

static void send(uint16_t code, uint8_t severity, const char *text, bool has_value, uint16_t value)
{
    link_begin(LINK_LOG);
    link_u7(severity);
    link_u14(code);
    for (char c; (c = (char)board_flash_byte(text)) != 0; text++)
        link_char(c);
    if (has_value) {
        char digits[5];
        uint8_t count = 0;
        do {
            digits[count++] = (char)('0' + value % 10);
            value /= 10;
        } while (value != 0);
        while (count > 0)
            link_char(digits[--count]);
    }
    link_finish();
}

void log_send(enum log_code code, uint16_t value)
{
    switch (code) {
#define LOG_CASE(name, number, severity, text, has_value) \
    case name: \
        send(number, severity, name##_text, has_value, value); \
        break;
        LOG_CODES(LOG_CASE)
#undef LOG_CASE
    }
}
