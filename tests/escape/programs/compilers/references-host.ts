// Takes files of the host for its own source, by every way that the language has for it.
// expect: compile failed
// compile-limit: cpu_time=120s wall_time=240s
// compile-arg: --allowJs
/// <reference path="@LURE_FILE@" />
/// <reference path="/root/.profile" />
/// <reference types="@LURE_FOLDER@" />

import * as lure from "@LURE_FILE@";
import settings from "/etc/docker/daemon.json";

console.log("ESCAPED", lure, settings);
