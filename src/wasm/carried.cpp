// The module of live figures as the program carries it: REPORT_LIVE_MODULE is the file, compressed. Nothing else stands
// here, so that a module of a changed experiment is in the program at once.
__asm__(
    ".section .rodata\n.global report_live_module\n.global report_live_module_end\nreport_live_module:\n.incbin "
    "\"" REPORT_LIVE_MODULE "\"\nreport_live_module_end:\n.byte 0\n.previous\n");
