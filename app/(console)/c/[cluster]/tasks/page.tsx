import "#lib/shared/i18n/pages/task-pages.ts";
import type { Metadata } from "next";
import { TasksPage } from "#components/tasks/tasks-page.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

export const metadata: Metadata = { title: t("tasks.title") };

export default function Page() {
  return <TasksPage />;
}
