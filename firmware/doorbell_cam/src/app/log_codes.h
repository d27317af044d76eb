// Generated from docs/log-codes.csv by firmware/generate-log-codes: change them there.

#ifndef APP_LOG_CODES_H
#define APP_LOG_CODES_H

//      name, code, severity, text (at most 80 characters; a number follows it where the last column is 1)
#define LOG_CODES(X) \
    X(LOG_READY, 1, LINK_INFORMATION, "camera ready, exposure settled after frames: ", 1) \
    X(LOG_BARS_RIGHT, 2, LINK_INFORMATION, "test bars right, CRC ", 1) \
    X(LOG_ALIGNED, 3, LINK_INFORMATION, "rows begin elsewhere, found and kept, number ", 1) \
    X(LOG_LEVELS, 4, LINK_INFORMATION, "camera's lines go high to percent of the supply: ", 1) \
    X(LOG_EXPOSURE_UNSETTLED, 20, LINK_WARNING, "exposure still changing; frames are sent all the same", 0) \
    X(LOG_SUPPLY_LOW, 21, LINK_WARNING, "supply low, millivolts: ", 1) \
    X(LOG_VERSION_UNKNOWN, 22, LINK_WARNING, "sensor VER not the usual 115 but ", 1) \
    X(LOG_BUTTON_STUCK, 23, LINK_WARNING, "bell contact closed at start: stuck button or wire", 0) \
    X(LOG_ROWS_LATE, 24, LINK_WARNING, "rows skipped because the line was busy: ", 1) \
    X(LOG_LEVELS_LOW, 25, LINK_WARNING, "camera's lines go high only to percent of the supply: ", 1) \
    X(LOG_BUS_BEYOND, 26, LINK_WARNING, "control bus pulled up beyond 3.3 V (1 SDA, 2 SCL), as bits: ", 1) \
    X(LOG_WATCHDOG, 27, LINK_WARNING, "the program had stopped; the watchdog started it again", 0) \
    X(LOG_NO_ANSWER, 40, LINK_ERROR, "sensor does not answer on SCCB", 0) \
    X(LOG_WRONG_PID, 41, LINK_ERROR, "sensor PID not 118 but ", 1) \
    X(LOG_NO_VSYNC, 42, LINK_ERROR, "no VSYNC from the sensor", 0) \
    X(LOG_NO_HREF, 43, LINK_ERROR, "VSYNC but no HREF from the sensor", 0) \
    X(LOG_NO_PCLK, 44, LINK_ERROR, "HREF but no PCLK from the sensor", 0) \
    X(LOG_ROW_TIME, 45, LINK_ERROR, "rows not as long as set, time in units of 4 us: ", 1) \
    X(LOG_BARS_WRONG, 46, LINK_ERROR, "test bars wrong, CRC ", 1) \
    X(LOG_LINE_LOW, 47, LINK_ERROR, "data lines never high, as bits: ", 1) \
    X(LOG_LINE_HIGH, 48, LINK_ERROR, "data lines never low, as bits: ", 1) \
    X(LOG_CAMERA_SILENT, 49, LINK_ERROR, "camera fell silent in row ", 1) \
    X(LOG_ROWS_CUT, 50, LINK_ERROR, "every row ended before its last pixel", 0) \
    X(LOG_BUS_LOOSE, 51, LINK_ERROR, "nothing pulls up the control bus (1 SDA, 2 SCL), as bits: ", 1) \
    X(LOG_BUS_HELD, 52, LINK_ERROR, "control bus held at ground (1 SDA, 2 SCL), as bits: ", 1)

enum log_code {
    LOG_READY = 1,
    LOG_BARS_RIGHT = 2,
    LOG_ALIGNED = 3,
    LOG_LEVELS = 4,
    LOG_EXPOSURE_UNSETTLED = 20,
    LOG_SUPPLY_LOW = 21,
    LOG_VERSION_UNKNOWN = 22,
    LOG_BUTTON_STUCK = 23,
    LOG_ROWS_LATE = 24,
    LOG_LEVELS_LOW = 25,
    LOG_BUS_BEYOND = 26,
    LOG_WATCHDOG = 27,
    LOG_NO_ANSWER = 40,
    LOG_WRONG_PID = 41,
    LOG_NO_VSYNC = 42,
    LOG_NO_HREF = 43,
    LOG_NO_PCLK = 44,
    LOG_ROW_TIME = 45,
    LOG_BARS_WRONG = 46,
    LOG_LINE_LOW = 47,
    LOG_LINE_HIGH = 48,
    LOG_CAMERA_SILENT = 49,
    LOG_ROWS_CUT = 50,
    LOG_BUS_LOOSE = 51,
    LOG_BUS_HELD = 52,
};

#endif
