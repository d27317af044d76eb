// The doorbell's box, to be printed in five parts: front, back plate, wedge, visor (glued onto the front's upper edge), and the gland (two
// halves that close the cable's hole around the cable). All lengths in millimetres.
// openscad -D 'part="front"' -o front.stl doorbell.scad     (front, back, wedge, visor, gland; "all" shows them together)
// PETG or ASA, 0.2 mm layers, 3 perimeters, no supports: every part lies on its flat side.

part = "all";

wall = 2.4;          // six lines of a 0.4 mm nozzle: stiff, and tight against rain
corner = 6;          // radius
inside = [78, 150, 64]; // the Uno stands on the back plate, its USB plug below it; camera, motion sensor and button are at the front
lens_from_top = 28;
lens_hole = 16;      // the M12 holder is 14
lens_height = 17;    // from the camera's board to the front of its lens: measure yours, modules differ by some millimetres
lens_gap = 1;        // between lens and window, so that it can be turned
uno = [69, 54];      // long side upright
uno_from_bottom = 46; // USB plug and the bend of its cable
uno_stack = 32;      // rails, board, sockets and the plugs of the jumper wires
pir_stack = 30;      // the motion sensor behind the wall, with its plugs
camera_stack = lens_height + 26; // and the board, its pins and their plugs
window = 22;         // fits between the camera posts; acrylic, 2 mm, glued in from behind
window_depth = 2.2;
module_holes = [28.5, 28.5]; // distance of the camera module's mounting holes
pir_hole = 23.2;     // HC-SR501's dome
pir_from_bottom = 56;
button_in_box = false; // a button here puts the visitor too near to the lens and the button too high: see mounting.md
button_hole = 16.2;  // 16 mm push button
button_from_bottom = 20;
visor = 22;          // how far the roof keeps sun and rain off the lens
tilt = 5;            // degrees upwards, see mounting.md
screw = 3.2;         // M3
usb_plugs = [[16, 8], [11.5, 10.5], [11, 9]]; // the largest grips of standard-A and standard-B plugs (USB 2.0), and of mini-B plugs as they are sold
cable_hole = [17, 12]; // a plug must pass through it
cable_hole_at = [-20, 23]; // from the middle, from the bottom: below the board, beside the lower wall screw
cable = 4.5;         // thickness of the USB cable itself: measure yours, the gland holds it
gland_rim = 3;
gland_play = 0.3;    // between gland and hole, on each side
wall_screw = 4.5;
wall_screw_from_edge = 25;

for (plug = usb_plugs) assert(cable_hole[0] > plug[0] && cable_hole[1] > plug[1], "a USB plug does not pass through the cable's hole: make it larger");

assert(inside[2] >= uno_stack + pir_stack, "the motion sensor would press on the board behind it: make the box deeper");
assert(inside[2] >= camera_stack, "the camera's plugs would press on the back plate: make the box deeper");
assert(inside[1] >= uno_from_bottom + uno[0], "the board does not fit above its plug: make the box higher");
assert(module_holes[0] - 6 >= window, "the window does not fit between the camera's posts");

assert(cable_hole_at[1] + cable_hole[1] / 2 < uno_from_bottom, "the board would cover the cable's hole: put it lower");
assert(abs(cable_hole_at[0]) > cable_hole[0] / 2 + gland_rim + wall_screw, "the cable's hole meets the wall screw: put it further to the side");

outside = [inside[0] + 2 * wall, inside[1] + 2 * wall, inside[2] + wall];
$fn = 64;

module rounded(size) {
    translate([corner, corner, 0]) linear_extrude(size[2]) offset(corner) square([size[0] - 2 * corner, size[1] - 2 * corner]);
}

module corners(inset) {
    for (x = [inset, outside[0] - inset], y = [inset, outside[1] - inset]) translate([x, y, 0]) children();
}

module front() {
    lens_y = outside[1] - lens_from_top;
    difference() {
        union() {
            difference() {
                rounded(outside);
                translate([wall, wall, wall]) cube(inside + [0, 0, 1]);
            }
            corners(wall + 3.5) cylinder(d = 8, h = outside[2]);                       // screw posts
            for (x = [-1, 1], y = [-1, 1])                                             // camera posts
                translate([outside[0] / 2 + x * module_holes[0] / 2, lens_y + y * module_holes[1] / 2, wall]) cylinder(d = 6, h = 1 + lens_gap + lens_height);
        }
        translate([outside[0] / 2, lens_y, -1]) cylinder(d = lens_hole, h = wall + 2);
        translate([outside[0] / 2 - window / 2, lens_y - window / 2 , wall - window_depth + 1]) cube([window, window, window_depth]);
        translate([outside[0] / 2, pir_from_bottom, -1]) cylinder(d = pir_hole, h = wall + 2);
        if (button_in_box) translate([outside[0] / 2, button_from_bottom, -1]) cylinder(d = button_hole, h = wall + 2);
        corners(wall + 3.5) translate([0, 0, outside[2] - 16]) cylinder(d = 2.5, h = outside[2]);    // self-tapping
        for (x = [-1, 1], y = [-1, 1])
            translate([outside[0] / 2 + x * module_holes[0] / 2, lens_y + y * module_holes[1] / 2, wall + lens_height - 6]) cylinder(d = 1.8, h = 10);
        for (x = [-12, 0, 12]) translate([outside[0] / 2 + x, -1, outside[2] / 2]) rotate([-90, 0, 0]) cylinder(d = 3, h = wall + 2); // drain
    }
}

// Roof with two cheeks that clasp the box; printed on its roof.
module visor() {
    width = outside[0] + 2 * wall;
    cube([width, visor + 10, wall]);
    for (x = [0, width - wall]) translate([x, 0, 0]) rotate([90, 0, 90])
        linear_extrude(wall) polygon([[0, 0], [visor + 10, 0], [visor + 10, 40], [visor, 40], [6, 10], [0, 6]]);
}

module wall_screws(height) {
    for (y = [wall_screw_from_edge, outside[1] - wall_screw_from_edge]) translate([outside[0] / 2, y, -1]) cylinder(d = wall_screw, h = height + 2);
}

module back() {
    difference() {
        rounded([outside[0], outside[1], wall]);
        corners(wall + 3.5) translate([0, 0, -1]) cylinder(d = screw, h = wall + 2);
        translate([outside[0] / 2 + cable_hole_at[0], cable_hole_at[1], 0]) cube([cable_hole[0], cable_hole[1], 3 * wall], center = true);
        wall_screws(wall);
    }
    // Rails that the Uno's board slides between.
    for (x = [-1, 1]) translate([outside[0] / 2 + x * 28.5 - 1.5, uno_from_bottom, wall]) difference() {
        cube([3, uno[0] - 6, 7]);
        translate([x > 0 ? -1 : 2, -1, 3]) cube([2, uno[0], 1.9]);
    }
}

module wedge() {
    low = 4;
    high = low + tan(tilt) * outside[1];
    difference() {
        intersection() {
            rounded([outside[0], outside[1], high + 1]);
            rotate([90, 0, 90]) linear_extrude(outside[0]) polygon([[0, 0], [outside[1], 0], [outside[1], low], [0, high]]);
        }
        translate([2 * wall, 2 * wall, -1]) cube([outside[0] - 4 * wall, outside[1] - 4 * wall, high + 3]);
        // A notch in the lower edge, for a cable that comes along the wall; what runs down it drips off there.
        translate([outside[0] / 2 + cable_hole_at[0] - cable, -1, -1]) cube([2 * cable, 2 * wall + 2, cable + 2]);
    }
    difference() {
        translate([outside[0] / 2 - 8, wall, 0]) cube([16, outside[1] - 2 * wall, low]);
        wall_screws(low);
    }
}

// Closes the hole around the cable: two halves, pushed in from inside the box, the rim stays inside.
module gland() {
    rim = [cable_hole[0] + 2 * gland_rim, cable_hole[1] + 2 * gland_rim];
    for (half = [0, 1]) translate([0, half * 6, 0]) intersection() {
        difference() {
            union() {
                translate([0, 0, 1]) cube([rim[0], rim[1], 2], center = true);
                translate([0, 0, 2 + wall / 2]) cube([cable_hole[0] - 2 * gland_play, cable_hole[1] - 2 * gland_play, wall], center = true);
            }
            translate([0, 0, -1]) cylinder(d = cable, h = wall + 4);
        }
        translate([-rim[0], half == 0 ? -rim[1] : 0.1, -1]) cube([2 * rim[0], rim[1] - 0.1, wall + 4]);
    }
}

if (part == "front") front();
else if (part == "back") back();
else if (part == "wedge") wedge();
else if (part == "visor") visor();
else if (part == "gland") gland();
else {
    color("#546e7a") rotate([90, 0, 0]) translate([0, 0, outside[2]]) rotate([0, 180, 0]) translate([-outside[0], 0, 0]) front();
    color("#263238") translate([-wall, -outside[2] - visor, outside[1] + wall]) mirror([0, 0, 1]) visor();
    translate([outside[0] + 30, 0, 0]) rotate([90, 0, 0]) color("#90a4ae") back();
    translate([2 * outside[0] + 60, 0, 0]) rotate([90, 0, 0]) color("#b0bec5") wedge();
    translate([2 * outside[0] + 60 - 25, 0, 30]) rotate([90, 0, 0]) color("#eceff1") gland();
}
