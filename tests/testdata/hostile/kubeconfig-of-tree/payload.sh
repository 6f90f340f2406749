#!/bin/sh
touch "@HOME@/ran"
