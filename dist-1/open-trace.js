import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{m as a}from"./chunks/chunk-A25JPSC5.js";import"./chunks/chunk-YWA2Z7JS.js";import"./chunks/chunk-ROFVYBM3.js";import"./chunks/chunk-Z6OY4FOW.js";import"./chunks/chunk-YWTOCCPP.js";import"./chunks/chunk-6KR26L2F.js";import"./chunks/chunk-2IB5YMFE.js";export{a as openTrace};
